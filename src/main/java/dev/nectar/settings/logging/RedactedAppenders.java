package dev.nectar.settings.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/**
 * Takes secrets and control characters out of whatever is logged, by us or by a library, at any
 * level, for every appender: Spring Boot's to the console and to a file, and those of a
 * configuration that an operator brought.
 */
final class RedactedAppenders
    implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
      loggers.getLoggerList().forEach(RedactedAppenders::redact);
    }
  }

  static void redact(Logger logger) {
    for (var appender : appenders(logger)) {
      if (!(appender instanceof RedactingAppender)) {
        logger.addAppender(RedactingAppender.before(appender));
        logger.detachAppender(appender);
      }
    }
  }

  private static List<Appender<ILoggingEvent>> appenders(Logger logger) {
    var appenders = new ArrayList<Appender<ILoggingEvent>>();
    logger.iteratorForAppenders().forEachRemaining(appenders::add);
    return appenders;
  }

  /** Before the settings, which are warned of. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
