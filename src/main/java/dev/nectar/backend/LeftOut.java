package dev.nectar.backend;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a back end is not asked for, since it did not take it.
 *
 * @param model that is sent; null where none is
 * @param value null if it takes none
 * @param until when it is asked for again
 */
public record LeftOut(
    @Nullable String model, String parameter, @Nullable String value, Instant until) {}
