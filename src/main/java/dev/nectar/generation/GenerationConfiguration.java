package dev.nectar.generation;

import dev.nectar.backend.BackendRound;
import dev.nectar.cache.CacheStore;
import dev.nectar.hosting.ImageHost;
import dev.nectar.http.HttpCalls;
import dev.nectar.http.RemoteFiles;
import dev.nectar.prompt.PromptOptimizer;
import dev.nectar.prompt.SafetyRewriter;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
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
      CacheStore cache, BackendRound backends, GenerationSettings settings, Clock clock) {
    var stages =
        new Stages(PromptOptimizer.NONE, backends, SafetyRewriter.NONE, 0, Optional.empty());
    return new GenerationPipeline(cache, stages, ImageHost.NONE, settings, clock);
  }

  @Bean
  GenerationShutdown generationShutdown(GenerationPipeline pipeline) {
    return new GenerationShutdown(pipeline);
  }
}
