package dev.nectar.settings.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedactedAppendersTest {

  private static final String SECRET = "nk-0123456789abcdefABCDEF";

  private final LoggerContext context = new LoggerContext();
  private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private final Logger logger = context.getLogger("any.library");

  @BeforeEach
  void attach() {
    context.setMDCAdapter(mdc);
    appender.setName("LIST");
    appender.setContext(context);
    appender.start();
    logger.addAppender(appender);
    RedactedAppenders.redact(logger);
  }

  private ILoggingEvent only() {
    assertThat(appender.list).hasSize(1);
    return appender.list.getFirst();
  }

  @Test
  void message_itsArgumentsPairsAndContext_holdNoSecretAndOneLine() {
    mdc.put("requestId", "id " + SECRET);

    logger.atInfo().addKeyValue("token", SECRET).addKeyValue("count", 7).log("a {}\nb", SECRET);

    assertThat(only().getFormattedMessage()).isEqualTo("a ****\\u000ab");
    assertThat(only().getMessage()).isEqualTo("a ****\\u000ab");
    assertThat(only().getArgumentArray()).isNull();
    assertThat(only().getMDCPropertyMap()).containsEntry("requestId", "id ****");
    assertThat(only().getKeyValuePairs()).extracting(pair -> pair.value).containsExactly("****", 7);
  }

  @Test
  void throwable_itsCausesAndSuppressed_holdNoSecretAndNoForgedLine() {
    var fault = new IllegalStateException("a " + SECRET, new IOException("b\n" + SECRET));
    fault.addSuppressed(new IOException("c " + SECRET));

    logger.error("failed", fault);

    var trace = ThrowableProxyUtil.asString(only().getThrowableProxy());
    assertThat(trace)
        .contains(
            "java.lang.IllegalStateException: a ****",
            "Caused by: java.io.IOException: b\\u000a****",
            "Suppressed: java.io.IOException: c ****",
            "RedactedAppendersTest")
        .doesNotContain(SECRET);
  }

  @Test
  void appender_isRedactedOnce_andStopsWithTheLogger() {
    RedactedAppenders.redact(logger);

    logger.info("a {}", SECRET);
    assertThat(only()).isInstanceOf(RedactedEvent.class);
    assertThat(logger.getAppender("LIST")).isInstanceOf(RedactingAppender.class);
    logger.detachAndStopAllAppenders();
    assertThat(appender.isStarted()).isFalse();
  }
}
