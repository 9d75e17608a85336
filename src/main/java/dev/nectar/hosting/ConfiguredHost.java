package dev.nectar.hosting;

import java.util.Optional;

/**
 * The host that images go to.
 *
 * @param host empty if they stay here
 */
public record ConfiguredHost(Optional<ImageHost> host) {}
