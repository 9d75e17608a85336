package dev.nectar.web;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.backend.BackendSettings;
import dev.nectar.hosting.HostingSettings;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.staging.StagingArea;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WebConfiguration {

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
