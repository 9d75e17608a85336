package dev.nectar.web.progress;

import dev.nectar.generation.GenerationPipeline;
import dev.nectar.web.ImageLinks;
import dev.nectar.web.ProblemResponses;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProgressConfiguration {

  @Bean
  ProgressResponses progressResponses(
      GenerationPipeline pipeline, ProblemResponses problems, ImageLinks links, Clock clock) {
    return new ProgressResponses(
        pipeline::image, problems, links, clock, ProgressResponses.HEARTBEAT);
  }
}
