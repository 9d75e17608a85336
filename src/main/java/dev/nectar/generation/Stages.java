package dev.nectar.generation;

import dev.nectar.backend.BackendRound;
import dev.nectar.backend.ImageBackend;
import dev.nectar.prompt.PromptOptimizer;
import dev.nectar.prompt.SafetyRewriter;
import java.util.Optional;

/** What a generation passes through; a stage that is off does nothing. */
record Stages(
    PromptOptimizer optimizer,
    BackendRound backends,
    SafetyRewriter rewriter,
    int maxRewrites,
    Optional<ImageBackend> fallback) {}
