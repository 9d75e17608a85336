package dev.nectar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.observe.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Has deadlines so late that a test that waits for one fails. */
@Timeout(15)
class HttpCallsTest {

  private final HttpCalls calls = new HttpCalls(4, new LocalNames());

  @AfterEach
  void close() {
    calls.close();
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(60), Ticker.systemTicker());
  }

  private String get(URI url) throws IOException {
    return calls.call(new HttpGet(url), soon(), answer -> EntityUtils.toString(answer.getEntity()));
  }

  private int status(URI url) throws IOException {
    return calls.call(new HttpGet(url), soon(), answer -> answer.getCode());
  }

  @Test
  void answer_isReadByTheHandler() throws IOException {
    try (var server = RawServer.answering(RawServer.ok("hello"))) {
      assertThat(get(server.url())).isEqualTo("hello");
    }
  }

  @Test
  void answerWithoutBody_isReadByTheHandler() throws IOException {
    try (var server = RawServer.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
      assertThat(status(server.url())).isEqualTo(204);
      assertThat(status(server.url())).isEqualTo(204);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void body_isWrittenOutWhole() throws IOException {
    try (var server = RawServer.answering(RawServer.ok("hello"))) {
      var out = new ByteArrayOutputStream();
      var length =
          calls.call(
              new HttpGet(server.url()),
              soon(),
              answer -> {
                answer.getEntity().writeTo(out);
                return out.size();
              });

      assertThat(length).isEqualTo(5);
    }
  }

  @Test
  void request_saysNothingOfItsOwnAccord() throws IOException {
    try (var server = RawServer.answering(RawServer.ok(""))) {
      get(server.url());

      assertThat(server.heads().getFirst().lines().filter(line -> !line.isEmpty()))
          .containsExactlyInAnyOrder(
              "GET /file HTTP/1.1",
              "Host: 127.0.0.1:" + server.port(),
              "Connection: keep-alive",
              "User-Agent: nectar");
    }
  }

  @Test
  void encodedBody_isLeftAsItIs() throws IOException {
    var answer = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nplain";
    try (var server = RawServer.answering(answer.substring(0, answer.length() - 1))) {
      assertThat(get(server.url())).isEqualTo("plai");
    }
  }

  @Test
  void redirect_isNotFollowed() throws IOException {
    try (var other = RawServer.answering(RawServer.ok("other"));
        var server = RawServer.answering(RawServer.redirect(other.url()))) {
      assertThat(status(server.url())).isEqualTo(302);
      assertThat(other.connections()).isZero();
    }
  }

  @Test
  void cookie_isForgotten() throws IOException {
    try (var server =
        RawServer.answering(
            "HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n")) {
      get(server.url());
      get(server.url());

      assertThat(server.heads()).hasSize(2).noneMatch(head -> head.contains("Cookie"));
    }
  }

  @Test
  void refusalWithRetryAfter_isNotRetried() throws IOException {
    try (var server =
        RawServer.answering("HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(status(server.url())).isEqualTo(503);
      assertThat(server.heads()).hasSize(1);
    }
  }

  @Test
  void connectionThatBreaks_isNotRetried() throws IOException {
    try (var server = new RawServer(RawServer.Connection::head)) {
      assertThatThrownBy(() -> get(server.url()))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(DeadlineExceededException.class);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void connectionThatIsReset_isAFailure() throws IOException {
    try (var server =
        new RawServer(peer -> {
          peer.head();
          peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
          peer.socket().setSoLinger(true, 0);
        })) {
      assertThatThrownBy(() -> get(server.url()))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(DeadlineExceededException.class);
    }
  }

  @Test
  void bodyThatIsCutShort_isAFailure() throws IOException {
    try (var server =
        new RawServer(peer -> {
          peer.head();
          peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        })) {
      assertThatThrownBy(() -> get(server.url())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void headersWithoutEnd_areAFailure() throws IOException {
    try (var server =
        new RawServer(peer -> {
          peer.head();
          peer.send("HTTP/1.1 200 OK\r\n");
          while (true) {
            peer.send("X-More: of the same\r\n");
          }
        })) {
      assertThatThrownBy(() -> get(server.url()))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(DeadlineExceededException.class);
    }
  }

  @Test
  void headerWithoutEnd_isAFailure() throws IOException {
    try (var server =
        new RawServer(peer -> {
          peer.head();
          peer.send("HTTP/1.1 200 OK\r\nX-Long: ");
          while (true) {
            peer.send("and on and on and on and on and on and on and on and on and on");
          }
        })) {
      assertThatThrownBy(() -> get(server.url()))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(DeadlineExceededException.class);
    }
  }

  @Test
  void thread_thatMayNotWait_callsNobody() throws IOException {
    try (var server = RawServer.answering(RawServer.ok("hello"))) {
      Waiting.forbid(() ->
          assertThatExceptionOfType(Waiting.NotHereException.class)
              .isThrownBy(() -> get(server.url())));
      assertThat(server.heads()).isEmpty();
    }
  }
}
