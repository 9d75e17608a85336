package dev.nectar.generation;

import dev.nectar.backend.BackendRound;
import dev.nectar.backend.FailedAttempts;
import dev.nectar.backend.Fallback;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.KeyLeases;
import dev.nectar.cache.WarningLimit;
import dev.nectar.cache.file.FileCacheStore;
import dev.nectar.hosting.ConfiguredHost;
import dev.nectar.prompt.PromptOptimizer;
import dev.nectar.prompt.PromptSettings;
import dev.nectar.prompt.SafetyRewriter;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GenerationConfiguration {

  /** Where there is no host, the entries are in files too. */
  @Bean
  ImagePlace imagePlace(
      ConfiguredHost host, CacheStore cache, ObjectProvider<FileCacheStore> files, Clock clock) {
    return host.host()
        .<ImagePlace>map(published -> new HostPlace(published, cache, new WarningLimit(clock)))
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
      FailedAttempts failures,
      GenerationSettings settings,
      Clock clock) {
    var stages =
        new Stages(
            optimizer,
            backends,
            rewriter,
            prompts.rewriting() ? prompts.maxRewrites() : 0,
            fallback);
    return new GenerationPipeline(
        cache,
        stages,
        place,
        leases.getIfAvailable(() -> KeyLeases.NONE),
        failures,
        settings,
        clock);
  }

  @Bean
  GenerationShutdown generationShutdown(GenerationPipeline pipeline) {
    return new GenerationShutdown(pipeline);
  }
}
