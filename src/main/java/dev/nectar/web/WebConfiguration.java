package dev.nectar.web;

import java.time.Clock;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WebConfiguration {

  /** Characters that browsers and curl send unescaped although RFC 3986 has them escaped. */
  private static final String TOLERATED = "\"<>[\\]^`{|}";

  @Bean
  UrlSignatures urlSignatures(SignatureSettings settings) {
    return new UrlSignatures(settings.keys());
  }

  @Bean
  SignedLinks signedLinks(UrlSignatures signatures, SignatureSettings settings) {
    return new SignedLinks(signatures, settings.publicUrl());
  }

  @Bean
  Access access(WebSettings settings, UrlSignatures signatures, Clock clock) {
    return new Access(new AccessKey(settings.accessKey()), signatures, clock);
  }

  @Bean
  CrossOriginFilter crossOriginFilter() {
    return new CrossOriginFilter();
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> connector(WebSettings settings) {
    return factory -> {
      factory.setPort(settings.port());
      factory.addContextCustomizers(
          context -> context.getParent().getPipeline().addValve(new ProblemValve()));
      factory.addConnectorCustomizers(connector -> {
        connector.setProperty("relaxedPathChars", TOLERATED);
        connector.setProperty("relaxedQueryChars", TOLERATED);
        RawTarget.install(connector);
      });
    };
  }
}
