package dev.nectar.admin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wrong admin tokens of each client, forgotten a while after the last one. */
final class WrongTokens {

  private static final Logger log = LoggerFactory.getLogger(WrongTokens.class);

  private static final int LIMIT = 10;
  private static final Duration REFUSAL = Duration.ofMinutes(1);

  /** So many clients are told apart; those not seen for longest are forgotten. */
  private static final int MAX_CLIENTS = 100_000;

  private final Cache<String, Integer> counts;

  WrongTokens(Ticker ticker) {
    this.counts =
        Caffeine.newBuilder()
            .maximumSize(MAX_CLIENTS)
            .expireAfterWrite(REFUSAL)
            .ticker(ticker)
            .build();
  }

  /** How long the client is still refused; empty if it is not. */
  Optional<Duration> refusal(String client) {
    var count = counts.getIfPresent(client);
    if (count == null || count < LIMIT) {
      return Optional.empty();
    }
    return counts
        .policy()
        .expireAfterWrite()
        .flatMap(expiry -> expiry.ageOf(client))
        .map(REFUSAL::minus)
        .filter(Duration::isPositive);
  }

  void add(String client) {
    if (counts.asMap().merge(client, 1, Integer::sum) == LIMIT) {
      log.warn(
          "{} wrong admin tokens from {}: it is refused for {} s.",
          LIMIT,
          client,
          REFUSAL.toSeconds());
    }
  }
}
