package dev.nectar.backend;

/** What an answer without an image means. */
public sealed interface Verdict permits BackendReply.Declined, Unsupported {}
