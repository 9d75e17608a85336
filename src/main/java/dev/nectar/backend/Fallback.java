package dev.nectar.backend;

import java.util.Optional;

/**
 * Who is asked when no back end painted.
 *
 * @param painter empty if nobody is
 */
public record Fallback(Optional<ImageBackend> painter) {}
