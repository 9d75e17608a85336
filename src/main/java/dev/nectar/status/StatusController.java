package dev.nectar.status;

import static java.util.stream.Collectors.toSet;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.account.AccountSettings;
import dev.nectar.account.Accounts;
import dev.nectar.account.ClientKeys;
import dev.nectar.backend.BackendRound;
import dev.nectar.backend.BackendStatus;
import dev.nectar.backend.PollinationsSettings;
import dev.nectar.cache.CacheStore;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.hosting.HostingSettings;
import dev.nectar.prompt.PromptOptimizer;
import dev.nectar.prompt.PromptSettings;
import dev.nectar.prompt.SafetyRewriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells operators how things stand. */
@RestController
class StatusController {

  private final BackendRound backends;
  private final CacheStore cache;
  private final GenerationPipeline pipeline;
  private final HostingSettings hosting;
  private final PromptSettings prompts;
  private final PromptOptimizer optimizer;
  private final SafetyRewriter rewriter;
  private final PollinationsSettings fallback;
  private final Accounts accounts;
  private final ClientKeys keys;
  private final String currency;
  private final String version;
  private final Ticker ticker;
  private final long start;

  StatusController(
      BackendRound backends,
      CacheStore cache,
      GenerationPipeline pipeline,
      HostingSettings hosting,
      PromptSettings prompts,
      PromptOptimizer optimizer,
      SafetyRewriter rewriter,
      PollinationsSettings fallback,
      Accounts accounts,
      ClientKeys keys,
      AccountSettings account,
      BuildProperties build,
      Ticker ticker) {
    this.backends = backends;
    this.cache = cache;
    this.pipeline = pipeline;
    this.hosting = hosting;
    this.prompts = prompts;
    this.optimizer = optimizer;
    this.rewriter = rewriter;
    this.fallback = fallback;
    this.accounts = accounts;
    this.keys = keys;
    this.currency = account.currency();
    this.version = String.valueOf(build.getVersion());
    this.ticker = ticker;
    this.start = ticker.read();
  }

  @GetMapping("/status")
  ResponseEntity<StatusReport> status() {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(report());
  }

  private StatusReport report() {
    var painters = backends.status();
    var stored = cache.status();
    var generations = pipeline.status();
    return new StatusReport(
        health(painters, stored.available(), accounts.isWritable() && keys.isReadable()),
        Duration.ofNanos(ticker.read() - start).toSeconds(),
        version,
        painters.stream().map(StatusController::backEnd).toList(),
        new StatusReport.Cache(
            stored.mode(),
            stored.available(),
            stored.entries(),
            stored.bytes(),
            generations.hits(),
            generations.misses(),
            generations.coalesced()),
        new StatusReport.ImageHosting(
            hosting.enabled(), hosting.provider() == null ? null : lower(hosting.provider())),
        new StatusReport.LlmOptimization(
            prompts.optimizing(), prompts.model(), optimizer.cacheSize()),
        new StatusReport.DeNsfwRewriting(
            prompts.rewriting(), prompts.maxRewrites(), rewriter.cacheSize()),
        new StatusReport.Fallback(fallback.enabled()),
        StatusReport.Spend.of(currency, accounts.sinceStart()),
        generations.running(),
        generations.waiting());
  }

  /** Without its cache and its ledger the server answers all the same, for a price. */
  private static String health(List<BackendStatus> backends, boolean cache, boolean ledger) {
    var states = backends.stream().map(BackendStatus::state).collect(toSet());
    if (states.equals(Set.of(BackendStatus.State.RESTING))) {
      return "down";
    }
    return states.equals(Set.of(BackendStatus.State.UP)) && cache && ledger ? "ok" : "degraded";
  }

  private static StatusReport.BackEnd backEnd(BackendStatus backend) {
    return new StatusReport.BackEnd(
        backend.url(),
        backend.weight(),
        backend.protocol(),
        lower(backend.state()).replace('_', ' '),
        backend.counts().requests(),
        backend.counts().failures(),
        backend.counts().blocked(),
        backend.counts().unclear(),
        backend.lastFailure(),
        backend.leftOut());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
