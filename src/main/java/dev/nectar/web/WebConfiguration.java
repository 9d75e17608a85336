package dev.nectar.web;

import dev.nectar.http.RemoteFiles;
import dev.nectar.image.StagingArea;
import java.time.Clock;
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
  HostedImages hostedImages(RemoteFiles files, StagingArea staging, Clock clock) {
    return new HostedImages(files, staging, clock);
  }

  @Bean
  CrossOriginFilter crossOriginFilter() {
    return new CrossOriginFilter();
  }
}
