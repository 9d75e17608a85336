package dev.nectar.web.access;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.settings.Rate;
import dev.nectar.web.Clients;
import dev.nectar.web.RateLimits;
import jakarta.servlet.http.HttpServletRequest;

/** A bucket of tokens for each client address. */
final class TokenBuckets implements RateLimits {

  private final Rate rate;
  private final Clients clients;
  private final Buckets buckets;

  TokenBuckets(Rate rate, Clients clients, Ticker ticker) {
    this.rate = rate;
    this.clients = clients;
    this.buckets = new Buckets("client", ticker);
  }

  @Override
  public Quota quota(HttpServletRequest request) {
    return buckets.share(clients.network(request), rate);
  }
}
