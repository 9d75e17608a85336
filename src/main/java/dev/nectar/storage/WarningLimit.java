package dev.nectar.storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Objects;
import org.springframework.core.NestedExceptionUtils;

/** Lets a fault that every request meets be told once a minute. */
public final class WarningLimit {

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private static final int MAX_CAUSES = 100;

  private final Cache<String, Boolean> told;

  public WarningLimit() {
    this(Ticker.systemTicker());
  }

  WarningLimit(Ticker ticker) {
    this.told =
        Caffeine.newBuilder()
            .expireAfterWrite(PAUSE)
            .maximumSize(MAX_CAUSES)
            .ticker(ticker)
            .build();
  }

  /** Whether it is time to tell, where there is but one cause. */
  public boolean permits() {
    return permits("");
  }

  /** Whether it is time to tell of what is behind this fault, whichever file it has met. */
  public boolean permits(IOException fault) {
    var cause = NestedExceptionUtils.getMostSpecificCause(fault);
    var reason =
        cause instanceof FileSystemException file
            ? file.getReason()
            : Objects.toString(cause.getMessage(), "").replaceAll("\\d[\\d,.]*", "#");
    return permits(cause.getClass().getName() + ": " + reason);
  }

  private boolean permits(String cause) {
    return told.asMap().putIfAbsent(cause, true) == null;
  }
}
