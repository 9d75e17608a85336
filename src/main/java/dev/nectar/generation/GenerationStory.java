package dev.nectar.generation;

import dev.nectar.backend.Attempt;
import dev.nectar.backend.BackendReply;
import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.RoundOutcome;
import dev.nectar.backend.RoundWatcher;
import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.Provenance;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened in one generation so far: for the entry that is kept, for its line in the log, and
 * for whoever watches.
 */
final class GenerationStory implements RoundWatcher {

  private static final Logger log = LoggerFactory.getLogger(GenerationStory.class);

  private static final String REFUSED = " (content refused)";
  private static final String BACKENDS = "back ends";
  private static final String FALLBACK = "fallback";

  private final ImageRequest request;
  private final CacheKey key;
  private final Caller caller;
  private final Announcements announcements;
  private final InstantSource clock;
  private final Instant start;
  private final List<String> stages = new ArrayList<>();
  private final Set<String> failedStages = new LinkedHashSet<>();
  private String prompt;
  private @Nullable String optimizedPrompt;
  private @Nullable String rewrittenPrompt;
  private @Nullable Instant blockedAt;
  private boolean blockFinal = true;

  GenerationStory(
      ImageRequest request,
      CacheKey key,
      Caller caller,
      Announcements announcements,
      InstantSource clock) {
    this.request = request;
    this.key = key;
    this.caller = caller;
    this.announcements = announcements;
    this.clock = clock;
    this.start = clock.instant();
    this.prompt = request.prompt();
  }

  CacheKey key() {
    return key;
  }

  /** The most promising prompt by now. */
  String prompt() {
    return prompt;
  }

  /** Whether the client leaves its prompt to be improved. */
  boolean mayOptimize() {
    return !request.extras().forbidsOptimizing();
  }

  PaintRequest paintRequest() {
    return new PaintRequest(
        prompt, request.size(), request.model(), request.seed(), request.extras());
  }

  void begins(Progress stage) {
    announcements.announce(stage);
  }

  void recalled(CacheEntry.Blocked block) {
    stages.add("blocked before");
    failedStages.add(BACKENDS + REFUSED);
    blockedAt = block.provenance().createdAt();
    prompt = Objects.requireNonNullElse(block.provenance().prompt(), prompt);
  }

  CacheEntry.Blocked blocked() {
    var story = provenance(ImageSource.BACKEND, null);
    blockedAt = story.createdAt();
    return new CacheEntry.Blocked(story);
  }

  void optimized(String better) {
    if (!better.equals(prompt)) {
      stages.add("optimized");
      optimizedPrompt = better;
      prompt = better;
    }
  }

  void rewritten(String safer) {
    stages.add("rewritten");
    rewrittenPrompt = safer;
    prompt = safer;
  }

  void notRewritten() {
    stages.add("not rewritten");
  }

  void rewritingFailed() {
    stages.add("rewriting failed");
    blockFinal = false;
  }

  /** Whether nothing is left to try on a prompt that was refused. */
  boolean isBlockFinal() {
    return blockFinal;
  }

  @Override
  public void asking(int attempt, int of) {
    begins(new Progress.Generating(attempt, of));
  }

  @Override
  public void answered(Attempt attempt) {
    stages.add(attempt.toString());
    if (attempt.refused()) {
      begins(new Progress.Refused());
    }
  }

  void asked(RoundOutcome outcome) {
    switch (outcome) {
      case RoundOutcome.Done _ -> failedStages.clear();
      case RoundOutcome.Blocked _ -> failedStages.add(BACKENDS + REFUSED);
      case RoundOutcome.Exhausted _ -> failedStages.add(BACKENDS);
    }
  }

  CacheEntry.FallbackFailed fallbackFailed(BackendReply reply) {
    failedStages.add(reply instanceof BackendReply.Refused ? FALLBACK + REFUSED : FALLBACK);
    stages.add(FALLBACK + " " + Attempt.outcome(reply));
    return new CacheEntry.FallbackFailed(
        provenance(ImageSource.FALLBACK, null), blockedAt, failed().contentRefused());
  }

  Provenance provenance(ImageSource source, @Nullable String model) {
    return new Provenance(
        request, prompt, optimizedPrompt, rewrittenPrompt, source, model, clock.instant());
  }

  /** Which stages failed, without a word of what they said. */
  GenerationResult.Failed failed() {
    return new GenerationResult.Failed(
        String.join(", ", failedStages),
        failedStages.stream().allMatch(stage -> stage.endsWith(REFUSED)));
  }

  /** Whether what is known already does not count. */
  boolean isAnew() {
    return caller.anew();
  }

  /** Whether nothing was done yet that costs. */
  boolean isEmpty() {
    return stages.isEmpty();
  }

  /** The one line of this generation. */
  void close(GenerationResult result) {
    var outcome =
        switch (result) {
          case GenerationResult.Stored _ -> "found";
          case GenerationResult.Hosted(var entry) ->
              "painted and hosted, by " + source(entry.provenance());
          case GenerationResult.Made(_, var provenance, var kept) ->
              (kept ? "painted by " : "painted, not kept, by ") + source(provenance);
          case GenerationResult.Failed _ -> "failed";
          case GenerationResult.TimedOut _ -> "timed out";
          case GenerationResult.CallerGone _ -> "left";
          case GenerationResult.Overloaded _ -> "overloaded";
          case GenerationResult.RateLimited _ -> "refused by the rate limit";
          case GenerationResult.ShuttingDown _ -> "refused at shutdown";
        };
    log.info(
        "generation {} {}: {} [{}] in {} ms",
        caller.requestId(),
        key.abbreviated(),
        outcome,
        String.join(", ", stages),
        Duration.between(start, clock.instant()).toMillis());
  }

  private static String source(Provenance provenance) {
    return provenance.source().name().toLowerCase(Locale.ROOT);
  }
}
