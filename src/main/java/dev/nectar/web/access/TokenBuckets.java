package dev.nectar.web.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.settings.Rate;
import dev.nectar.web.Clients;
import dev.nectar.web.RateLimits;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * A bucket of tokens for each client address: a generation takes one, and they come back one by
 * one, as many in a period as the bucket holds.
 */
final class TokenBuckets implements RateLimits {

  /** So many clients are told apart; the buckets of those not seen for longest are forgotten. */
  private static final int MAX_CLIENTS = 100_000;

  private final Rate rate;
  private final Clients clients;
  private final LoadingCache<String, Bucket> buckets;

  TokenBuckets(Rate rate, Clients clients, Ticker ticker) {
    this.rate = rate;
    this.clients = clients;
    var time = new TickerTime(ticker);
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MAX_CLIENTS)
            // By then it is full again, as is a new one.
            .expireAfterAccess(rate.period())
            .ticker(ticker)
            .build(client -> newBucket(time));
  }

  private Bucket newBucket(TimeMeter time) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(rate.amount()).refillGreedy(rate.amount(), rate.period()))
        .withCustomTimePrecision(time)
        .build();
  }

  @Override
  public Quota quota(HttpServletRequest request) {
    return new Share(buckets.get(clients.network(request)));
  }

  /**
   * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">the
   *     headers</a>
   */
  private final class Share implements Quota {
    private final Bucket bucket;

    Share(Bucket bucket) {
      this.bucket = bucket;
    }

    @Override
    public Optional<Duration> refusal() {
      var probe = bucket.tryConsumeAndReturnRemaining(1);
      return probe.isConsumed()
          ? Optional.empty()
          : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    @Override
    public void giveBack() {
      bucket.addTokens(1);
    }

    @Override
    public void describe(ImageAnswer answer, HttpServletResponse response) {
      if (answer.cacheUse() != ImageAnswer.CacheUse.MISS) {
        return;
      }
      var left = bucket.getAvailableTokens();
      // A full bucket never holds more, which would be a wait without an end.
      var more =
          left >= rate.amount()
              ? Duration.ZERO
              : Duration.ofNanos(
                  bucket.estimateAbilityToConsume(left + 1).getNanosToWaitForRefill());
      response.setHeader(
          "RateLimit-Policy",
          "\"client\";q=%d;w=%d".formatted(rate.amount(), rate.period().toSeconds()));
      response.setHeader(
          "RateLimit", "\"client\";r=%d;t=%d".formatted(left, more.plusMillis(999).toSeconds()));
    }
  }

  private record TickerTime(Ticker ticker) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
      return ticker.read();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
