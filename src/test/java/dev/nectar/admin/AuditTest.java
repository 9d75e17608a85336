package dev.nectar.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class AuditTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(Audit.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.DEBUG);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  private void end(MockHttpServletRequest request) {
    new Audit(_ -> "192.0.2.7").afterCompletion(request, response, this, null);
  }

  @Test
  void operation_ofAnAdmin_isOneLineWithoutItsQuery() {
    var request = new MockHttpServletRequest("GET", "/admin/entries");
    request.setQueryString("q=a+prompt");
    Audit.admit(request);

    end(request);

    assertThat(lines.list)
        .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
        .containsExactly(tuple(Level.INFO, "admin GET /admin/entries: 200, from 192.0.2.7"));
  }

  @Test
  void operation_whosePathDoesNotTell_namesItsSubject() {
    var request = new MockHttpServletRequest("POST", "/admin/keys");
    Audit.admit(request);
    Audit.concerns(request, "an id");
    response.setStatus(201);

    end(request);

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("admin POST /admin/keys (an id): 201, from 192.0.2.7");
  }

  @Test
  void pictureOfTheGallery_isToldAtDebugOnly() {
    var request = new MockHttpServletRequest("GET", "/admin/entries/abc/thumbnail");
    Audit.admit(request);

    end(request);

    assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.DEBUG);
  }

  @Test
  void whoeverWasNotAdmitted_leavesNoLine() {
    end(new MockHttpServletRequest("GET", "/admin/entries"));

    assertThat(lines.list).isEmpty();
  }
}
