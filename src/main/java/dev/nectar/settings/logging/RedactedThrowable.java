package dev.nectar.settings.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.nectar.settings.LogRedaction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A throwable whose message, and those of its causes, hold no secret and no second line. */
final class RedactedThrowable implements IThrowableProxy {

  private final IThrowableProxy throwable;

  private RedactedThrowable(IThrowableProxy throwable) {
    this.throwable = throwable;
  }

  static @Nullable IThrowableProxy of(@Nullable IThrowableProxy throwable) {
    return throwable == null ? null : new RedactedThrowable(throwable);
  }

  @Override
  public @Nullable String getMessage() {
    return redacted(throwable.getMessage());
  }

  @Override
  public @Nullable String getOverridingMessage() {
    return redacted(throwable.getOverridingMessage());
  }

  private static @Nullable String redacted(@Nullable String message) {
    return message == null ? null : LogRedaction.line(message);
  }

  @Override
  public String getClassName() {
    return throwable.getClassName();
  }

  @Override
  public StackTraceElementProxy[] getStackTraceElementProxyArray() {
    return throwable.getStackTraceElementProxyArray();
  }

  @Override
  public int getCommonFrames() {
    return throwable.getCommonFrames();
  }

  @Override
  public @Nullable IThrowableProxy getCause() {
    return of(throwable.getCause());
  }

  @Override
  public IThrowableProxy @Nullable [] getSuppressed() {
    var suppressed = throwable.getSuppressed();
    return suppressed == null
        ? null
        : Arrays.stream(suppressed).map(RedactedThrowable::new).toArray(IThrowableProxy[]::new);
  }

  @Override
  public boolean isCyclic() {
    return throwable.isCyclic();
  }
}
