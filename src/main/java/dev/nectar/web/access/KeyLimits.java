package dev.nectar.web.access;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.account.Payer;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.web.RateLimits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;

/** What the key of a request allows, within what its client is allowed. */
final class KeyLimits implements RateLimits {

  private final RateLimits clients;
  private final Buckets buckets;

  KeyLimits(RateLimits clients, Ticker ticker) {
    this.clients = clients;
    this.buckets = new Buckets("key", ticker);
  }

  @Override
  public Quota quota(HttpServletRequest request) {
    var visitor = Visitor.of(request);
    var key = visitor.key();
    var ofKey =
        key == null || key.rate() == null ? Quota.UNLIMITED : buckets.share(key.id(), key.rate());
    return new Both(clients.quota(request), ofKey, visitor.payer());
  }

  private record Both(Quota ofClient, Quota ofKey, Payer payer) implements Quota {

    @Override
    public Optional<Duration> refusal() {
      var first = ofClient.refusal();
      if (first.isPresent()) {
        return first;
      }
      var second = ofKey.refusal();
      if (second.isPresent()) {
        ofClient.giveBack();
      }
      return second;
    }

    @Override
    public void giveBack() {
      ofClient.giveBack();
      ofKey.giveBack();
    }

    /** What the key is told comes last, and stays. */
    @Override
    public void describe(ImageAnswer answer, HttpServletResponse response) {
      ofClient.describe(answer, response);
      ofKey.describe(answer, response);
    }
  }
}
