package dev.nectar.settings.logging;

import static java.util.stream.Collectors.toUnmodifiableMap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import dev.nectar.settings.LogRedaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** What is logged, without secrets, and on one line whatever was put into it. */
final class RedactedEvent implements ILoggingEvent {

  /** Why the server does not start: several lines, for people. */
  private static final String LINES =
      "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter";

  private final ILoggingEvent event;
  private final String message;

  RedactedEvent(ILoggingEvent event) {
    this.event = event;
    var text = String.valueOf(event.getFormattedMessage());
    this.message =
        LINES.equals(event.getLoggerName()) ? LogRedaction.lines(text) : LogRedaction.line(text);
  }

  @Override
  public String getFormattedMessage() {
    return message;
  }

  /** With what was put into it. */
  @Override
  public String getMessage() {
    return message;
  }

  @Override
  public Object @Nullable [] getArgumentArray() {
    return null;
  }

  @Override
  public @Nullable IThrowableProxy getThrowableProxy() {
    return RedactedThrowable.of(event.getThrowableProxy());
  }

  @Override
  public Map<String, String> getMDCPropertyMap() {
    return event.getMDCPropertyMap().entrySet().stream()
        .collect(
            toUnmodifiableMap(
                Map.Entry::getKey, entry -> LogRedaction.line(String.valueOf(entry.getValue()))));
  }

  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // its name is logback's
  public Map<String, String> getMdc() {
    return getMDCPropertyMap();
  }

  @Override
  public @Nullable List<KeyValuePair> getKeyValuePairs() {
    var pairs = event.getKeyValuePairs();
    return pairs == null
        ? null
        : pairs.stream().map(pair -> new KeyValuePair(pair.key, redacted(pair.value))).toList();
  }

  private static @Nullable Object redacted(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Number number -> number;
      case Boolean truth -> truth;
      default -> LogRedaction.line(value.toString());
    };
  }

  @Override
  public String getThreadName() {
    return event.getThreadName();
  }

  @Override
  public Level getLevel() {
    return event.getLevel();
  }

  @Override
  public String getLoggerName() {
    return event.getLoggerName();
  }

  @Override
  public LoggerContextVO getLoggerContextVO() {
    return event.getLoggerContextVO();
  }

  @Override
  public StackTraceElement[] getCallerData() {
    return event.getCallerData();
  }

  @Override
  public boolean hasCallerData() {
    return event.hasCallerData();
  }

  @Override
  public @Nullable List<Marker> getMarkerList() {
    return event.getMarkerList();
  }

  @Override
  public long getTimeStamp() {
    return event.getTimeStamp();
  }

  @Override
  public int getNanoseconds() {
    return event.getNanoseconds();
  }

  @Override
  public Instant getInstant() {
    return event.getInstant();
  }

  @Override
  public long getSequenceNumber() {
    return event.getSequenceNumber();
  }

  @Override
  public void prepareForDeferredProcessing() {
    event.prepareForDeferredProcessing();
  }
}
