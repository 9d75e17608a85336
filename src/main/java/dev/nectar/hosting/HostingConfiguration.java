package dev.nectar.hosting;

import dev.nectar.http.HttpCalls;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class HostingConfiguration {

  /** Empty if hosting is off. */
  @Bean
  ConfiguredHost configuredHost(HostingSettings settings, HttpCalls http) {
    return new ConfiguredHost(
        Optional.ofNullable(settings.provider())
            .filter(_ -> settings.enabled())
            .map(provider -> provider.host(settings, http)));
  }
}
