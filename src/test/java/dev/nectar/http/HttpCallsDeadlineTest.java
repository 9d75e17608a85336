package dev.nectar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
@Tag("slow")
class HttpCallsDeadlineTest {

  private final HttpCalls calls = new HttpCalls(1, new LocalNames());

  @AfterEach
  void close() {
    calls.close();
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofMillis(300), Ticker.systemTicker());
  }

  private static String get(HttpCalls calls, URI url) throws IOException {
    return calls.call(new HttpGet(url), soon(), answer -> EntityUtils.toString(answer.getEntity()));
  }

  private void assertEnds(RawServer server) {
    assertEnds(server.url());
  }

  private void assertEnds(URI url) {
    assertThatThrownBy(() -> get(calls, url)).isInstanceOf(DeadlineExceededException.class);
  }

  @Test
  void passedDeadline_connectsToNobody() throws IOException {
    try (var server = RawServer.answering(RawServer.ok("hello"))) {
      var passed = Deadline.in(Duration.ZERO, Ticker.systemTicker());

      assertThatThrownBy(() -> calls.call(new HttpGet(server.url()), passed, answer -> "late"))
          .isInstanceOf(DeadlineExceededException.class);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void peerThatSaysNothing_endsWithTheDeadline() throws IOException {
    try (var server = new RawServer(RawServer.Connection::hang)) {
      assertEnds(server);
    }
  }

  @Test
  void headersThatDribble_endWithTheDeadline() throws IOException {
    try (var server =
        new RawServer(peer -> {
          peer.head();
          peer.send("HTTP/1.1 200 OK\r\nX-Slow: ");
          peer.dribble("x");
        })) {
      assertEnds(server);
    }
  }

  @Test
  void interimAnswersWithoutEnd_endWithTheDeadline() throws IOException {
    try (var server =
        new RawServer(peer -> {
          peer.head();
          peer.dribble("HTTP/1.1 102 Processing\r\n\r\n");
        })) {
      assertEnds(server);
    }
  }

  @Test
  void bodyThatDribbles_endsWithTheDeadline() throws IOException {
    try (var server =
        new RawServer(peer -> {
          peer.head();
          peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
          peer.dribble("x");
        })) {
      assertEnds(server);
    }
  }

  @Test
  void bodyWithoutEnd_endsWithTheDeadline() throws IOException {
    try (var server =
        new RawServer(peer -> {
          peer.head();
          peer.send("HTTP/1.1 200 OK\r\n\r\n");
          while (true) {
            peer.send("more and more and more and more and more and more and more");
          }
        })) {
      assertThatThrownBy(() ->
              calls.call(
                  new HttpGet(server.url()),
                  soon(),
                  answer -> answer.getEntity().getContent().skip(Long.MAX_VALUE)))
          .isInstanceOf(DeadlineExceededException.class);
    }
  }

  @Test
  void bodyThatIsCut_isNoResultThoughTheHandlerTakesIt() throws IOException {
    try (var server =
        new RawServer(peer -> {
          peer.head();
          peer.send("HTTP/1.1 200 OK\r\n\r\nhalf");
          peer.hang();
        })) {
      assertThatThrownBy(() ->
              calls.call(
                  new HttpGet(server.url()),
                  soon(),
                  answer -> {
                    try {
                      return EntityUtils.toString(answer.getEntity());
                    } catch (IOException e) {
                      return "good enough";
                    }
                  }))
          .isInstanceOf(DeadlineExceededException.class);
    }
  }

  @Test
  void peerThatReadsNothing_endsWithTheDeadline() throws IOException {
    var done = new CountDownLatch(1);
    try (var server = new RawServer(peer -> await(done))) {
      var post = new HttpPost(server.url());
      var moreThanAnyBuffer = new byte[64 * 1024 * 1024];
      post.setEntity(new ByteArrayEntity(moreThanAnyBuffer, ContentType.DEFAULT_BINARY));

      assertThatThrownBy(() -> calls.call(post, soon(), answer -> answer.getCode()))
          .isInstanceOf(DeadlineExceededException.class);
    } finally {
      done.countDown();
    }
  }

  @Test
  void connectThatHangs_endsWithTheDeadline() throws IOException {
    try (var dead = new DeadAddress()) {
      assertEnds(URI.create("http://127.0.0.1:" + dead.port() + "/"));
    }
  }

  @Test
  void tlsHandshakeThatHangs_endsWithTheDeadline() throws IOException {
    try (var server = new RawServer(RawServer.Connection::hang)) {
      assertEnds(URI.create("https://127.0.0.1:" + server.port() + "/"));
    }
  }

  @Test
  void waitForAConnection_endsWithTheDeadline() throws IOException, InterruptedException {
    var taken = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    try (var server = RawServer.answering(RawServer.ok("hello"))) {
      var first = new AtomicBoolean();
      var holder =
          Thread.startVirtualThread(() -> {
            try {
              first.set(
                  calls.<Boolean>call(
                      new HttpGet(server.url()),
                      Deadline.in(Duration.ofSeconds(20), Ticker.systemTicker()),
                      answer -> {
                        taken.countDown();
                        await(done);
                        return true;
                      }));
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      taken.await();

      assertThatThrownBy(() -> get(calls, server.url()))
          .isInstanceOf(DeadlineExceededException.class);

      done.countDown();
      holder.join();
      assertThat(first).isTrue();
      assertThat(server.heads()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhel",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"
      })
  void callAfterOneThatWasCut_hasItsConnection(String said) throws IOException {
    try (var hanging =
            new RawServer(peer -> {
              peer.head();
              peer.send(said);
              peer.hang();
            });
        var server = RawServer.answering(RawServer.ok("hello"))) {
      assertEnds(hanging);

      assertThat(getInTime(server)).isEqualTo("hello");
    }
  }

  @Test
  void callAfterATlsHandshakeThatWasCut_hasItsConnection() throws IOException {
    try (var hanging = new RawServer(RawServer.Connection::hang);
        var server = RawServer.answering(RawServer.ok("hello"))) {
      assertEnds(URI.create("https://127.0.0.1:" + hanging.port() + "/"));

      assertThat(getInTime(server)).isEqualTo("hello");
    }
  }

  private String getInTime(RawServer server) throws IOException {
    return calls.call(
        new HttpGet(server.url()),
        Deadline.in(Duration.ofSeconds(20), Ticker.systemTicker()),
        response -> EntityUtils.toString(response.getEntity()));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
