package dev.nectar.admin;

import dev.nectar.web.Clients;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
@Import({
  AdminAccess.class,
  CacheDeleteController.class,
  EntriesController.class,
  FailuresController.class,
  KeysController.class,
  SpendController.class,
  Thumbnails.class
})
public class AdminConfiguration implements WebMvcConfigurer {

  private final Clients clients;

  AdminConfiguration(Clients clients) {
    this.clients = clients;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new Audit(clients)).addPathPatterns("/admin/**", "/cache/delete");
  }
}
