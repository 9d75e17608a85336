package dev.nectar.backend;

import dev.nectar.image.ImageSize;
import org.jspecify.annotations.Nullable;

/**
 * What a back end is asked to paint.
 *
 * @param size null: its own choice
 * @param model before any mapping; null: its own choice
 */
public record PaintRequest(
    String prompt, @Nullable ImageSize size, @Nullable String model, int seed) {}
