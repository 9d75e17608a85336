package dev.nectar.web;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.StagingArea;
import java.time.Clock;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WebConfiguration {

  /** Characters that browsers and curl send unescaped although RFC 3986 has them escaped. */
  private static final String TOLERATED = "\"<>[\\]^`{|}";

  /** What Tomcat needs for a client that is slow to ask or to read, measured. */
  private static final int CONNECTION_BYTES = 150 * 1024;

  @Bean
  UrlSignatures urlSignatures(SignatureSettings settings) {
    return new UrlSignatures(settings.keys());
  }

  @Bean
  SignedLinks signedLinks(UrlSignatures signatures, SignatureSettings settings) {
    return new SignedLinks(signatures, new LinkBase(settings.publicUrl()));
  }

  @Bean
  Access access(WebSettings settings, Referers referers, UrlSignatures signatures, Clock clock) {
    return new Access(new AccessKey(settings.accessKey()), referers, signatures, clock);
  }

  @Bean
  OpenAiPictures openAiPictures(
      RemoteFiles files, StagingArea staging, SignedLinks links, Ticker ticker) {
    return new OpenAiPictures(new HostedImages(files, staging, ticker), links);
  }

  @Bean
  CrossOriginFilter crossOriginFilter() {
    return new CrossOriginFilter();
  }

  @Bean
  ProgressResponses progressResponses(
      GenerationPipeline pipeline, SignedLinks links, Clock clock, Ticker ticker) {
    return new ProgressResponses(
        pipeline::image, links, clock, ticker, ProgressResponses.HEARTBEAT);
  }

  @Bean
  RateLimits rateLimits(AccessSettings settings, Ticker ticker) {
    var rate = settings.rateLimit();
    return rate == null
        ? RateLimits.NONE
        : new TokenBuckets(rate, settings.clientAddress(), ticker);
  }

  @Bean
  Referers referers(AccessSettings settings) {
    return settings.referers();
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> connector(WebSettings settings) {
    return factory -> {
      factory.setPort(settings.port());
      factory.setProtocol(RequestDeadlineProtocol.class.getName());
      factory.addContextCustomizers(
          context -> context.getParent().getPipeline().addValve(new ProblemValve()));
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
