package dev.nectar.variant;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class VariantConfiguration {

  @Bean
  ImageDecoder imageDecoder() {
    return new ImageDecoder();
  }
}
