package dev.nectar.generation;

import dev.nectar.backend.BackendRound;
import dev.nectar.backend.Fallback;
import dev.nectar.cache.FileCacheStore;
import dev.nectar.cache.KeyLeases;
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

  @Bean
  GenerationPipeline generationPipeline(
      FileCacheStore cache,
      ObjectProvider<KeyLeases> leases,
      PromptOptimizer optimizer,
      BackendRound backends,
      SafetyRewriter rewriter,
      PromptSettings prompts,
      Fallback fallback,
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
        new FilePlace(cache),
        leases.getIfAvailable(() -> KeyLeases.NONE),
        settings,
        clock);
  }

  @Bean
  GenerationShutdown generationShutdown(GenerationPipeline pipeline) {
    return new GenerationShutdown(pipeline);
  }
}
