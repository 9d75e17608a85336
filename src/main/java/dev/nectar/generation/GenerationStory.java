package dev.nectar.generation;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.account.Painting;
import dev.nectar.backend.Attempt;
import dev.nectar.backend.BackendReply;
import dev.nectar.backend.BackendRound.Watcher;
import dev.nectar.backend.FailedAttempts;
import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.RoundOutcome;
import dev.nectar.backend.Usage;
import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.Provenance;
import dev.nectar.generation.GenerationResult.Failed.Reason;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened in one generation so far: for the entry that is kept, for its line in the log, and
 * for whoever watches.
 */
final class GenerationStory implements Watcher {

  private static final Logger log = LoggerFactory.getLogger(GenerationStory.class);

  private static final String FALLBACK = "fallback";

  private final ImageRequest request;
  private final CacheKey key;
  private final Caller caller;
  private final Flight flight;
  private final FailedAttempts failures;
  private final Till till;
  private final Till.Bill bill;
  private final InstantSource clock;
  private final Ticker ticker;
  private final long start;
  private final List<String> stages = new ArrayList<>();
  private final StageFailures failed = new StageFailures();
  private String prompt;
  private @Nullable String optimizedPrompt;
  private @Nullable String rewrittenPrompt;
  private @Nullable Instant blockedAt;
  private @Nullable String backend;
  private @Nullable Usage usage;
  private long fallbackStart;
  private boolean blockFinal = true;

  GenerationStory(
      ImageRequest request,
      CacheKey key,
      Caller caller,
      Flight flight,
      FailedAttempts failures,
      Till till,
      Till.Bill bill,
      InstantSource clock,
      Ticker ticker) {
    this.request = request;
    this.key = key;
    this.caller = caller;
    this.flight = flight;
    this.failures = failures;
    this.till = till;
    this.bill = bill;
    this.clock = clock;
    this.ticker = ticker;
    this.start = ticker.read();
    this.fallbackStart = start;
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

  /** How many pictures it is made from. */
  int inputImages() {
    return caller.inputs().images().images().size();
  }

  /** Whether what it is made from, if anything, can be passed on by URL. */
  boolean isMadeFromUrls() {
    var inputs = caller.inputs().images();
    return inputs.mask() == null && inputs.urls().size() == inputs.images().size();
  }

  PaintRequest paintRequest() {
    return new PaintRequest(
        prompt,
        request.size(),
        request.model(),
        request.seed(),
        request.extras(),
        caller.inputs().images());
  }

  void begins(Progress stage) {
    flight.tellWhoWaits();
    flight.announcements().announce(stage);
  }

  void recalled(CacheEntry.Blocked block) {
    stages.add("blocked before");
    failed.add("back ends", Set.of("content refused"));
    failed.contentRefused();
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
    took(attempt);
    if (attempt.refused()) {
      failed.contentRefused();
      begins(new Progress.Refused());
    }
  }

  private void took(Attempt attempt) {
    stages.add(attempt.toString());
    if (attempt.asked()) {
      failures.add(caller.requestId(), attempt);
      till.attempted(caller.payer(), request, attempt);
    }
  }

  void asked(RoundOutcome outcome) {
    switch (outcome) {
      case RoundOutcome.Done(var painted, var painter) -> {
        backend = painter;
        usage = painted.usage();
        paintedBy(painter, "backend", painted);
      }
      case RoundOutcome.Blocked(var kinds, _) -> failed.add("back ends", kinds);
      case RoundOutcome.TooLong(var kinds, _) ->
          failed.add("back ends", kinds, Reason.PROMPT_TOO_LONG);
      case RoundOutcome.Unfit(var kinds) -> failed.add("back ends", kinds, Reason.MODEL_NOT_KNOWN);
      case RoundOutcome.Exhausted(var kinds, _) -> failed.add("back ends", kinds);
      case RoundOutcome.OutOfBudget none -> failed.add("back ends", none.kinds());
    }
  }

  private void paintedBy(String painter, String source, BackendReply.Painted painted) {
    bill.owe(new Painting(painter, painted.model(), source, till.cost(request, painter, painted)));
  }

  /** What the back end that painted says that it took; null if it says nothing. */
  @Nullable Usage usage() {
    return usage;
  }

  void fallsBack() {
    begins(new Progress.FallingBack());
    fallbackStart = ticker.read();
  }

  void fellBack(BackendReply reply) {
    var duration = Duration.ofNanos(ticker.read() - fallbackStart);
    var attempt = Attempt.of(FALLBACK, paintRequest(), reply, duration);
    took(attempt);
    if (reply instanceof BackendReply.Painted painted) {
      paintedBy(FALLBACK, FALLBACK, painted);
    } else {
      failed.add(FALLBACK, Set.of(attempt.kind()));
    }
  }

  /** Empty if it would hide from who asks again why there is no image. */
  Optional<CacheEntry.FallbackFailed> fallbackFailed() {
    var reason = failed.reason();
    return reason == Reason.PROMPT_TOO_LONG || reason == Reason.MODEL_NOT_KNOWN
        ? Optional.empty()
        : Optional.of(
            new CacheEntry.FallbackFailed(
                provenance(ImageSource.FALLBACK, null),
                blockedAt,
                reason == Reason.CONTENT_REFUSED));
  }

  Provenance provenance(ImageSource source, @Nullable String model) {
    return new Provenance(
        request,
        prompt,
        optimizedPrompt,
        rewrittenPrompt,
        source,
        backend,
        model,
        clock.instant(),
        bill.cost());
  }

  /** Which stages failed and how. */
  GenerationResult.Failed failed() {
    return failed.result();
  }

  GenerationResult.BackendsOutOfBudget outOfBudget(Instant end) {
    return GenerationResult.BackendsOutOfBudget.until(end, clock.instant());
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
    flight.tellWhoWaits();
    var outcome =
        switch (result) {
          case GenerationResult.Stored _ -> "found";
          case GenerationResult.Hosted(var entry) ->
              "painted and hosted, by " + source(entry.provenance());
          case GenerationResult.Made(_, var provenance, var kept) ->
              (kept ? "painted by " : "painted, not kept, by ") + source(provenance);
          case GenerationResult.NoImage none -> none.inWords();
        };
    log.info(
        "generation {} {}: {} [{}] in {} ms{}",
        caller.requestId(),
        key.abbreviated(),
        outcome,
        String.join(", ", stages),
        Duration.ofNanos(ticker.read() - start).toMillis(),
        bill.inWords());
  }

  private static String source(Provenance provenance) {
    return provenance.source().name().toLowerCase(Locale.ROOT);
  }
}
