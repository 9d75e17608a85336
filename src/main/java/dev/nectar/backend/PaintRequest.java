package dev.nectar.backend;

import dev.nectar.image.ImageExtras;
import dev.nectar.image.ImageSize;
import org.jspecify.annotations.Nullable;

/**
 * What a back end is asked to paint.
 *
 * @param size null: its own choice
 * @param model before any mapping; null: its own choice
 * @param extras all else that was asked for
 */
public record PaintRequest(
    String prompt, @Nullable ImageSize size, @Nullable String model, int seed, ImageExtras extras) {

  /** A request without extras. */
  public PaintRequest(String prompt, @Nullable ImageSize size, @Nullable String model, int seed) {
    this(prompt, size, model, seed, ImageExtras.NONE);
  }
}
