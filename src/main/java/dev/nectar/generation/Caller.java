package dev.nectar.generation;

/**
 * Who asks for an image.
 *
 * @param requestId under which it stands in the log
 */
public record Caller(String requestId, Admission admission) {}
