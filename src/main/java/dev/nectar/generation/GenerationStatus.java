package dev.nectar.generation;

/**
 * Generations as operators see them.
 *
 * @param running now
 * @param waiting for a place
 * @param hits requests answered from the cache, since the start
 * @param misses requests that began a generation
 * @param coalesced requests that joined one
 * @param failed requests of these three kinds that got no image
 */
public record GenerationStatus(
    int running, int waiting, long hits, long misses, long coalesced, long failed) {}
