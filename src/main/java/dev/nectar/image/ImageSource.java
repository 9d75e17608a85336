package dev.nectar.image;

/** Who painted an image. */
public enum ImageSource {
  BACKEND,
  FALLBACK
}
