package dev.nectar.backend;

import dev.nectar.image.ImageExtras;
import dev.nectar.image.ImageSize;
import dev.nectar.image.staging.InputImages;
import org.jspecify.annotations.Nullable;

/**
 * What a back end is asked to paint.
 *
 * @param size null: its own choice
 * @param model before any mapping; null: its own choice
 * @param extras all else that was asked for
 * @param inputs to paint from; whoever asks keeps and closes them
 */
public record PaintRequest(
    String prompt,
    @Nullable ImageSize size,
    @Nullable String model,
    int seed,
    ImageExtras extras,
    InputImages inputs) {

  /** A request without inputs. */
  public PaintRequest(
      String prompt,
      @Nullable ImageSize size,
      @Nullable String model,
      int seed,
      ImageExtras extras) {
    this(prompt, size, model, seed, extras, InputImages.NONE);
  }

  /** A request without extras and inputs. */
  public PaintRequest(String prompt, @Nullable ImageSize size, @Nullable String model, int seed) {
    this(prompt, size, model, seed, ImageExtras.NONE);
  }
}
