package dev.nectar.backend;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;

/**
 * Who is asked when no back end painted.
 *
 * @param painter empty if nobody is
 */
public record Fallback(Optional<ImageBackend> painter) {

  /** Nobody. */
  public static final Fallback NONE = new Fallback(Optional.empty());

  /** One whose attempts are counted beside those of the back ends. */
  public static Fallback to(ImageBackend painter, MeterRegistry registry, Ticker ticker) {
    var meters = new AttemptMeters(registry, "fallback");
    return new Fallback(
        Optional.of((request, deadline) -> {
          var start = ticker.read();
          var reply = painter.paint(request, deadline);
          meters.count(reply, Duration.ofNanos(ticker.read() - start));
          return reply;
        }));
  }
}
