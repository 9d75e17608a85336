package dev.nectar.web.connection;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.observe.Traces;
import dev.nectar.settings.HeapShare;
import dev.nectar.settings.InvalidSettingsException;
import dev.nectar.settings.SettingFault;
import dev.nectar.web.ProblemResponses;
import dev.nectar.web.TrustedProxies;
import dev.nectar.web.WebSettings;
import java.net.InetAddress;
import java.util.List;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
public class ConnectionConfiguration {

  /** Characters that browsers and curl send unescaped although RFC 3986 has them escaped. */
  private static final String TOLERATED = "\"<>[\\]^`{|}";

  @Bean
  SendingShutdown sendingShutdown(LifecycleProperties properties) {
    return new SendingShutdown(properties.getTimeoutPerShutdownPhase());
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> connector(
      WebSettings settings,
      TrustedProxies proxies,
      ProblemResponses problems,
      Traces traces,
      Ticker ticker,
      SendingShutdown shutdown,
      Environment environment) {
    if (environment.getProperty("server.http2.enabled", Boolean.class, false)) {
      throw new InvalidSettingsException(
          List.of(
              new SettingFault(
                  "SERVER_HTTP2_ENABLED",
                  "This server speaks HTTP/1.1 alone.",
                  "Remove it, and let a proxy in front speak HTTP/2.")));
    }
    var atHand = new AnswersAtHand(ticker);
    return factory -> {
      factory.setPort(settings.port());
      factory.setAddress(
          settings.address() == null ? null : InetAddress.ofLiteral(settings.address()));
      factory.setProtocol(RequestDeadlineProtocol.class.getName());
      factory.addContextCustomizers(
          context -> context.getParent().getPipeline().addValve(new ProblemValve(problems)));
      factory.addConnectorCustomizers(connector -> {
        connector.setProperty("relaxedPathChars", TOLERATED);
        connector.setProperty("relaxedQueryChars", TOLERATED);
        connector.setProperty("maxConnections", Integer.toString(HeapShare.connections()));
        // Each connection has both, idle or not: one takes what most requests are, the other a head
        // and what little follows it.
        connector.setProperty("socket.appReadBufSize", "2048");
        connector.setProperty("socket.appWriteBufSize", "1024");
        // Only whoever may ask is asked for the body.
        connector.setProperty("continueResponseTiming", "onRead");
        if (connector.getProtocolHandler() instanceof RequestDeadlineProtocol protocol) {
          protocol.admitOnly(
              new ClientConnections(settings.maxConnectionsPerClient(), proxies::trust));
          protocol.answerAtOnce(atHand);
          shutdown.watch(protocol);
        }
        RawTarget.install(connector, traces, atHand);
      });
    };
  }
}
