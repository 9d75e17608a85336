package dev.nectar.web.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.settings.Rate;
import dev.nectar.web.RateLimits.Quota;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * A bucket of tokens for each holder: a generation takes one, and they come back one by one, as
 * many in a period as the bucket holds.
 */
final class Buckets {

  /** So many holders are told apart; the buckets of those not seen for longest are forgotten. */
  private static final int MAX_HOLDERS = 100_000;

  /** The longest period of a rate: by then a bucket is full again, as is a new one. */
  private static final Duration MEMORY = Duration.ofHours(1);

  private record Holder(String name, Rate rate) {}

  private final String policy;
  private final LoadingCache<Holder, Bucket> buckets;

  /**
   * Buckets that are full.
   *
   * @param policy by which answers tell of them
   */
  Buckets(String policy, Ticker ticker) {
    this.policy = policy;
    var time = new TickerTime(ticker);
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MAX_HOLDERS)
            .expireAfterAccess(MEMORY)
            .ticker(ticker)
            .build(holder -> newBucket(holder.rate(), time));
  }

  private static Bucket newBucket(Rate rate, TimeMeter time) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(rate.amount()).refillGreedy(rate.amount(), rate.period()))
        .withCustomTimePrecision(time)
        .build();
  }

  Quota share(String holder, Rate rate) {
    return new Share(buckets.get(new Holder(holder, rate)), rate);
  }

  /**
   * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">the
   *     headers</a>
   */
  private final class Share implements Quota {
    private final Bucket bucket;

    private final Rate rate;

    Share(Bucket bucket, Rate rate) {
      this.bucket = bucket;
      this.rate = rate;
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
          "\"%s\";q=%d;w=%d".formatted(policy, rate.amount(), rate.period().toSeconds()));
      response.setHeader(
          "RateLimit",
          "\"%s\";r=%d;t=%d".formatted(policy, left, more.plusMillis(999).toSeconds()));
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
