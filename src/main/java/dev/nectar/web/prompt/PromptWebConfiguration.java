package dev.nectar.web.prompt;

import dev.nectar.web.RawRequest;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.util.function.SingletonSupplier;

@Configuration(proxyBeanMethods = false)
@Import({ModelsController.class, PromptController.class})
public class PromptWebConfiguration {

  @Bean
  FilterRegistrationBean<AtHandFilter> atHandFilter(ObjectProvider<PromptController> prompts) {
    // Filters are made before anything else is, and a fault of what they need would be one of
    // Tomcat.
    var lazily = SingletonSupplier.of(prompts::getObject);
    var registration = new FilterRegistrationBean<>(new AtHandFilter(lazily));
    // After those that are for every answer.
    registration.setOrder(Ordered.LOWEST_PRECEDENCE);
    registration.setUrlPatterns(RawRequest.PROMPT_PATHS);
    return registration;
  }
}
