package dev.nectar.web.connection;

import dev.nectar.web.ProblemResponses;
import dev.nectar.web.WebSettings;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

  /** Characters that browsers and curl send unescaped although RFC 3986 has them escaped. */
  private static final String TOLERATED = "\"<>[\\]^`{|}";

  /** What Tomcat needs for a client that is slow to ask or to read, measured. */
  private static final int CONNECTION_BYTES = 150 * 1024;

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> connector(
      WebSettings settings, ProblemResponses problems) {
    return factory -> {
      factory.setPort(settings.port());
      factory.setProtocol(RequestDeadlineProtocol.class.getName());
      factory.addContextCustomizers(
          context -> context.getParent().getPipeline().addValve(new ProblemValve(problems)));
      factory.addConnectorCustomizers(connector -> {
        connector.setProperty("relaxedPathChars", TOLERATED);
        connector.setProperty("relaxedQueryChars", TOLERATED);
        connector.setProperty("maxConnections", Long.toString(maxConnections()));
        RawTarget.install(connector);
      });
    };
  }

  /** So many that the heap has room for them, and no more than Tomcat's default. */
  private static long maxConnections() {
    return Math.min(8_192, Runtime.getRuntime().maxMemory() / 4 * 3 / CONNECTION_BYTES);
  }
}
