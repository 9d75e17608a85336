package dev.nectar.web.access;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.account.ClientKeys;
import dev.nectar.cache.KeptSecret;
import dev.nectar.web.Access;
import dev.nectar.web.RateLimits;
import dev.nectar.web.WebSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(SignController.class)
public class AccessConfiguration {

  @Bean
  UrlSignatures urlSignatures(SignatureSettings settings, ObjectProvider<KeptSecret> signingKey) {
    if (settings.areOff()) {
      return new UrlSignatures(List.of());
    }
    if (!settings.keys().isEmpty()) {
      return new UrlSignatures(settings.keys());
    }
    var drawn = new DrawnKey(signingKey.getObject(), new SecureRandom());
    // Made at the start, and warned of then if it can't be kept.
    var _ = drawn.get();
    return new UrlSignatures(drawn);
  }

  @Bean
  SignedLinks signedLinks(UrlSignatures signatures, SignatureSettings settings) {
    return new SignedLinks(signatures, new LinkBase(settings.publicUrl()));
  }

  @Bean
  Access access(
      WebSettings web,
      ClientKeys clientKeys,
      AccessSettings settings,
      UrlSignatures signatures,
      Clock clock) {
    return new KeyAccess(
        new AccessKey(web.accessKey()), clientKeys, settings.referers(), signatures, clock);
  }

  @Bean
  CrossOriginFilter crossOriginFilter() {
    return new CrossOriginFilter();
  }

  @Bean
  ClientAddress clientAddress(AccessSettings settings) {
    return settings.clientAddress();
  }

  @Bean
  RateLimits rateLimits(AccessSettings settings, ClientAddress clientAddress, Ticker ticker) {
    var rate = settings.rateLimit();
    var ofClients = rate == null ? RateLimits.NONE : new TokenBuckets(rate, clientAddress, ticker);
    return new KeyLimits(ofClients, ticker);
  }
}
