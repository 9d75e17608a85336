package dev.nectar.status;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.account.AccountSettings;
import dev.nectar.account.Accounts;
import dev.nectar.backend.BackendRound;
import dev.nectar.cache.CacheStore;
import dev.nectar.generation.GenerationPipeline;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import({HealthController.class, HistoryController.class, StatusController.class})
public class StatusConfiguration {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  @Bean
  TrafficHistory trafficHistory(GenerationPipeline pipeline, Clock clock, Ticker ticker) {
    return new TrafficHistory(pipeline::status, pipeline::peaks, clock, ticker);
  }

  /** Of readiness, in which it is called {@code cache}. */
  @Bean
  CacheHealth cacheHealthIndicator(CacheStore cache) {
    return new CacheHealth(cache);
  }

  /** Nobody is sent to a server that is not ready: it has to find out by itself that it is. */
  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService cacheProbes(CacheStore cache) {
    return repeated(
        "cache-probe",
        () -> {
          if (!cache.status().writable()) {
            cache.probe();
          }
        });
  }

  @Bean
  StandingMeters standingMeters(
      BackendRound backends, CacheStore cache, Accounts accounts, AccountSettings settings) {
    return new StandingMeters(backends, cache, accounts, settings.budgets().keySet());
  }

  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService historyTicks(TrafficHistory history) {
    return repeated("history", history::tick);
  }

  private static ScheduledExecutorService repeated(String name, Runnable work) {
    var thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
    var _ =
        thread.scheduleWithFixedDelay(
            work, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    return thread;
  }
}
