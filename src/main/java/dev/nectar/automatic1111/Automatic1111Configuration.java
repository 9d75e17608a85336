package dev.nectar.automatic1111;

import dev.nectar.backend.BackendSettings;
import dev.nectar.web.Clients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import({Automatic1111Errors.class, PaintingController.class, WebUiController.class})
public class Automatic1111Configuration {

  @Bean
  Checkpoints checkpoints(BackendSettings settings, Clients clients) {
    return new Checkpoints(settings.modelNames(), settings.defaultModel(), clients);
  }
}
