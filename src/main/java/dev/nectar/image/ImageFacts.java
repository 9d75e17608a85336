package dev.nectar.image;

import org.jspecify.annotations.Nullable;

/**
 * What is known of an image.
 *
 * @param size in bytes
 * @param sha256 in lower-case hex
 * @param pixels its real width and height; null if they are not known
 */
public record ImageFacts(
    ImageFormat format, long size, String sha256, @Nullable ImageSize pixels) {}
