package dev.nectar.demo.painting;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What is to be painted; it decides every pixel.
 *
 * @param width in pixels, from 16 to 4096, as is {@code height}
 */
public record Picture(String prompt, int width, int height, long seed) {

  public static final int MIN_EDGE = 16;
  public static final int MAX_EDGE = 4096;

  public Picture {
    if (!isEdge(width) || !isEdge(height)) {
      throw new IllegalArgumentException("edges out of range: " + width + "x" + height);
    }
  }

  public static boolean isEdge(int pixels) {
    return pixels >= MIN_EDGE && pixels <= MAX_EDGE;
  }

  /** The picture's own chance: drawn from all of it, and so the same at every painting. */
  RandomGenerator chance() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update((width + "x" + height + "|" + seed + "|").getBytes(UTF_8));
      return new SplittableRandom(ByteBuffer.wrap(digest.digest(prompt.getBytes(UTF_8))).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
