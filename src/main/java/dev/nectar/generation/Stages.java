package dev.nectar.generation;

import dev.nectar.backend.BackendRound;
import dev.nectar.backend.FailedAttempts;
import dev.nectar.backend.Fallback;
import dev.nectar.prompt.PromptOptimizer;
import dev.nectar.prompt.SafetyRewriter;

/**
 * What a generation passes through; a stage that is off does nothing.
 *
 * @param failures where it is noted what did not paint
 */
record Stages(
    PromptOptimizer optimizer,
    BackendRound backends,
    SafetyRewriter rewriter,
    int maxRewrites,
    Fallback fallback,
    FailedAttempts failures) {}
