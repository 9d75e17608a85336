package dev.nectar.settings.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/** Stands before another appender, which never sees a secret. */
final class RedactingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

  private final Appender<ILoggingEvent> appender;

  private RedactingAppender(Appender<ILoggingEvent> appender) {
    this.appender = appender;
  }

  static RedactingAppender before(Appender<ILoggingEvent> appender) {
    var redacting = new RedactingAppender(appender);
    redacting.setName(appender.getName());
    redacting.setContext(appender.getContext());
    redacting.start();
    return redacting;
  }

  @Override
  protected void append(ILoggingEvent event) {
    appender.doAppend(new RedactedEvent(event));
  }

  @Override
  public void stop() {
    super.stop();
    appender.stop();
  }
}
