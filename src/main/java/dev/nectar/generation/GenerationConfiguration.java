package dev.nectar.generation;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.account.Accounts;
import dev.nectar.account.CostMeters;
import dev.nectar.account.Painters;
import dev.nectar.account.Prices;
import dev.nectar.backend.BackendRound;
import dev.nectar.backend.FailedAttempts;
import dev.nectar.backend.Fallback;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.ImageStore;
import dev.nectar.cache.KeyLeases;
import dev.nectar.hosting.ConfiguredHost;
import dev.nectar.observe.StageTimes;
import dev.nectar.observe.Traces;
import dev.nectar.prompt.PromptOptimizer;
import dev.nectar.prompt.PromptSettings;
import dev.nectar.prompt.SafetyRewriter;
import dev.nectar.storage.WarningLimit;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class GenerationConfiguration {

  /** Where there is no host, images are where the entries are. */
  @Bean
  ImageKeeper imageKeeper(
      ConfiguredHost host,
      CacheStore cache,
      ObjectProvider<ImageStore> images,
      StageTimes times,
      RandomGenerator random) {
    var notes = new Notes(cache, new WarningLimit());
    var place =
        host.host()
            .<ImageKeeper.Place>map(published -> new HostPlace(published, notes, times, random))
            .orElseGet(() -> ImageKeeper.Place.in(images.getObject(), times));
    return new ImageKeeper(place, cache, notes);
  }

  @Bean
  StageTimes stageTimes(MeterRegistry registry, Ticker ticker) {
    return new StageTimes(registry, ticker);
  }

  @Bean
  Generation.Stages stages(
      PromptOptimizer optimizer,
      BackendRound backends,
      SafetyRewriter rewriter,
      PromptSettings prompts,
      Fallback fallback,
      FailedAttempts failures,
      StageTimes times) {
    return new Generation.Stages(
        optimizer,
        backends,
        rewriter,
        prompts.rewriting() ? prompts.maxRewrites() : 0,
        fallback,
        failures,
        times);
  }

  @Bean
  Till till(Accounts accounts, Prices prices, Painters painters, CostMeters costs) {
    return new Till(accounts, prices, painters, costs);
  }

  @Bean
  GenerationPipeline generationPipeline(
      Generation.Stages stages,
      ImageKeeper keeper,
      Till till,
      KeyLeases leases,
      GenerationSettings settings,
      MeterRegistry registry,
      Traces traces,
      Clock clock,
      Ticker ticker) {
    return new GenerationPipeline(
        stages, keeper, till, leases, settings, registry, traces, clock, ticker);
  }

  @Bean
  GenerationShutdown generationShutdown(GenerationPipeline pipeline, GenerationSettings settings) {
    return new GenerationShutdown(pipeline, settings.shutdownTimeout());
  }
}
