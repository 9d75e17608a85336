package dev.nectar.openai;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.generation.GenerationSettings;
import dev.nectar.web.Deferral;
import dev.nectar.web.HostedImages;
import dev.nectar.web.ImageLinks;
import dev.nectar.web.RateLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import({OpenAiController.class, OpenAiErrors.class, OpenAiModelsController.class})
public class OpenAiConfiguration {

  /** So long are pictures given to those who ask again. */
  private static final Duration KEPT_FOR_ASKERS = Duration.ofMinutes(10);

  @Bean
  OpenAiPictures openAiPictures(HostedImages hosted, ImageLinks links) {
    return new OpenAiPictures(hosted, links);
  }

  @Bean
  DeferredOrders deferredOrders(GenerationSettings generation, Ticker ticker) {
    return new DeferredOrders(generation.timeout().plus(KEPT_FOR_ASKERS), ticker);
  }

  @Bean
  OrderAnswers orderAnswers(
      RateLimits rateLimits,
      GenerationPipeline pipeline,
      ImageLinks links,
      OpenAiPictures pictures,
      UnnamedSeeds seeds,
      Deferral deferral,
      DeferredOrders deferred,
      InstantSource clock) {
    return new OrderAnswers(
        rateLimits, pipeline, links, pictures, seeds, deferral, deferred, clock);
  }

  /** An order that was left is of use while its pictures are made, and for a while after. */
  @Bean
  UnnamedSeeds unnamedSeeds(
      OpenAiSettings settings,
      GenerationSettings generation,
      GenerationPipeline pipeline,
      RandomGenerator random,
      InstantSource clock,
      Ticker ticker) {
    return new UnnamedSeeds(
        settings.fixedSeed(),
        picture -> pipeline.isMadeSince(clock.instant().minus(KEPT_FOR_ASKERS), picture),
        generation.timeout().plus(KEPT_FOR_ASKERS),
        random,
        ticker);
  }
}
