package dev.nectar.variant;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class VariantConfiguration {

  @Bean
  ImageDecoder imageDecoder() {
    return new ImageDecoder();
  }
}
