package dev.nectar.status;

import dev.nectar.account.Accounts;
import dev.nectar.backend.BackendRound;
import dev.nectar.cache.CacheStatus;
import dev.nectar.cache.CacheStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How things stand, as meters: what is looked up where it is kept whenever they are read. */
final class StandingMeters implements MeterBinder {

  private final BackendRound backends;
  private final CacheStore cache;
  private final Accounts accounts;
  private final Set<String> budgeted;

  /**
   * @param budgeted back ends that have a budget
   */
  StandingMeters(BackendRound backends, CacheStore cache, Accounts accounts, Set<String> budgeted) {
    this.backends = backends;
    this.cache = cache;
    this.accounts = accounts;
    this.budgeted = budgeted;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    backends
        .up()
        .forEach((name, up) ->
            Gauge.builder("nectar.backend.up", () -> up.getAsBoolean() ? 1 : 0)
                .tag("backend", name)
                .register(registry));
    cacheGauge("nectar.cache.bytes", CacheStatus::bytes, registry);
    cacheGauge("nectar.cache.entries", CacheStatus::entries, registry);
    budgeted.forEach(name ->
        Gauge.builder(
                "nectar.budget.remaining",
                () -> accounts.backendLimits().remaining(name).orElse(null))
            .tag("backend", name)
            .register(registry));
    FunctionCounter.builder(
            "nectar.saved", accounts, all -> all.sinceStart().spared().cost().doubleValue())
        .register(registry);
  }

  /** Not a number while it is not known. */
  private void cacheGauge(
      String name, Function<CacheStatus, @Nullable Long> value, MeterRegistry registry) {
    Gauge.builder(name, () -> value.apply(cache.status())).register(registry);
  }
}
