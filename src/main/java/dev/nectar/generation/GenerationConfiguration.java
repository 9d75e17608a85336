package dev.nectar.generation;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.backend.BackendRound;
import dev.nectar.backend.Fallback;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.FileCacheStore;
import dev.nectar.cache.KeyLeases;
import dev.nectar.cache.WarningLimit;
import dev.nectar.hosting.ConfiguredHost;
import dev.nectar.http.HttpCalls;
import dev.nectar.http.RemoteFiles;
import dev.nectar.prompt.PromptOptimizer;
import dev.nectar.prompt.PromptSettings;
import dev.nectar.prompt.SafetyRewriter;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GenerationConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** What durations are measured by: the clock may be set. */
  @Bean
  Ticker ticker() {
    return Ticker.systemTicker();
  }

  @Bean
  RandomGenerator random() {
    return () -> ThreadLocalRandom.current().nextLong();
  }

  @Bean
  HttpCalls httpCalls(GenerationSettings settings) {
    return new HttpCalls(settings.maxConcurrent());
  }

  @Bean
  RemoteFiles remoteFiles(GenerationSettings settings) {
    return new RemoteFiles(settings.maxConcurrent());
  }

  /** Where there is no host, the entries are in files too. */
  @Bean
  ImagePlace imagePlace(
      ConfiguredHost host, CacheStore cache, ObjectProvider<FileCacheStore> files) {
    return host.host()
        .<ImagePlace>map(published -> new HostPlace(published, cache, new WarningLimit()))
        .orElseGet(() -> new FilePlace(files.getObject()));
  }

  @Bean
  GenerationPipeline generationPipeline(
      CacheStore cache,
      ImagePlace place,
      ObjectProvider<KeyLeases> leases,
      PromptOptimizer optimizer,
      BackendRound backends,
      SafetyRewriter rewriter,
      PromptSettings prompts,
      Fallback fallback,
      GenerationSettings settings,
      Clock clock,
      Ticker ticker) {
    var stages =
        new Stages(
            optimizer,
            backends,
            rewriter,
            prompts.rewriting() ? prompts.maxRewrites() : 0,
            fallback);
    return new GenerationPipeline(
        cache, stages, place, leases.getIfAvailable(() -> KeyLeases.NONE), settings, clock, ticker);
  }

  @Bean
  GenerationShutdown generationShutdown(GenerationPipeline pipeline) {
    return new GenerationShutdown(pipeline);
  }
}
