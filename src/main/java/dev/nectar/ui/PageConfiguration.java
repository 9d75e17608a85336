package dev.nectar.ui;

import dev.nectar.web.WebSettings;
import dev.nectar.web.access.SignatureSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.webjars.WebJarVersionLocator;

@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {

  private static final String SWAGGER_UI =
      "classpath:/%s/swagger-ui/%s/"
          .formatted(
              WebJarVersionLocator.WEBJARS_PATH_PREFIX,
              new WebJarVersionLocator().version("swagger-ui"));

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/ui/swagger/**")
        .addResourceLocations(SWAGGER_UI)
        .setCacheControl(CacheControl.noCache());
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
