package dev.nectar.web.progress;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.web.ImageLinks;
import dev.nectar.web.ProblemResponses;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class ProgressConfiguration {

  @Bean
  DeferredResponses deferredResponses(
      GenerationPipeline pipeline, ImageLinks links, Ticker ticker) {
    return new DeferredResponses(
        new Jobs(ticker), pipeline::kept, pipeline::image, pipeline::reserve, links);
  }

  @Bean
  ProgressResponses progressResponses(
      GenerationPipeline pipeline, ProblemResponses problems, ImageLinks links, Ticker ticker) {
    return new ProgressResponses(
        pipeline::image, problems, links, ticker, ProgressResponses.HEARTBEAT);
  }
}
