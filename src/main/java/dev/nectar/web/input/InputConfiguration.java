package dev.nectar.web.input;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.backend.BackendSettings;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.web.Access;
import dev.nectar.web.HostedImages;
import dev.nectar.web.ImageLinks;
import dev.nectar.web.InputPictures;
import dev.nectar.web.RateLimits;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class InputConfiguration {

  @Bean
  InputPictures inputPictures(
      RemoteFiles files,
      StagingArea staging,
      BackendSettings backends,
      Access access,
      ImageLinks links,
      GenerationPipeline pipeline,
      HostedImages hosted,
      RateLimits rateLimits,
      RandomGenerator random,
      Ticker ticker) {
    var own = new OwnPictures(access, links, pipeline, hosted, rateLimits, staging, random);
    return new InputReader(
        new InputOpener(files, staging, backends.allowedHosts(), own, ticker), staging);
  }
}
