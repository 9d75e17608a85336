package dev.nectar.web;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.backend.BackendSettings;
import dev.nectar.hosting.HostingSettings;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.staging.StagingArea;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.validation.Validator;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
@Import(ProblemHandler.class)
public class WebConfiguration implements WebMvcConfigurer {

  /** No parameter is an object to validate: nothing is set up for that. */
  @Override
  public Validator getValidator() {
    return Validator.forInstanceOf(Void.class, (_, _) -> {});
  }

  @Bean
  ProblemResponses problemResponses(List<ErrorFormat> formats) {
    return new ProblemResponses(formats);
  }

  @Bean
  HostedImages hostedImages(
      RemoteFiles files,
      StagingArea staging,
      HostingSettings hosting,
      BackendSettings backends,
      Ticker ticker) {
    return new HostedImages(
        files, staging, backends.allowedHosts().or(hosting.places()::contains), ticker);
  }

  @Bean
  QueryFilter queryFilter() {
    return new QueryFilter();
  }
}
