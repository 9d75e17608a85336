package dev.nectar.ui;

import dev.nectar.web.WebSettings;
import dev.nectar.web.access.SignatureSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
@Import({ApiController.class, PageController.class})
public class PageConfiguration implements WebMvcConfigurer {

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/ui/**")
        .addResourceLocations("classpath:/ui/")
        .setCacheControl(CacheControl.noCache());
  }

  @Bean
  PageHeaders pageHeaders() {
    return new PageHeaders();
  }

  @Bean
  PageAddress pageAddress(SignatureSettings settings, WebSettings web) {
    return new PageAddress(settings.publicUrl(), web.address());
  }
}
