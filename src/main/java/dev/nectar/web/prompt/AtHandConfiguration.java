package dev.nectar.web.prompt;

import dev.nectar.web.RawRequest;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AtHandConfiguration {

  @Bean
  FilterRegistrationBean<AtHandFilter> atHandFilter(PromptController prompts) {
    var registration = new FilterRegistrationBean<>(new AtHandFilter(prompts));
    registration.setUrlPatterns(RawRequest.PROMPT_PATHS);
    return registration;
  }
}
