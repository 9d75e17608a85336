package dev.nectar.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Has deadlines so late that a test that waits for one fails. */
@Timeout(15)
class HttpCallsConnectionsTest {

  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final LocalNames names = new LocalNames();
  private final HttpCalls calls = new HttpCalls(4, names);

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
  void bodyReadToItsEnd_leavesTheConnectionForTheNextCall() throws IOException {
    try (var server = RawServer.answering(RawServer.ok("hello"))) {
      get(server.url());
      get(server.url());

      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void smallRestOfABody_leavesTheConnectionForTheNextCall() throws IOException {
    try (var server = RawServer.answering(CHUNKED + "5\r\nhello\r\n5\r\n rest\r\n0\r\n\r\n")) {
      assertThat(status(server.url())).isEqualTo(200);
      assertThat(status(server.url())).isEqualTo(200);

      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void bodyWithoutEnd_isGivenUpWhenTheHandlerIsDone() throws IOException {
    try (var server =
        new RawServer(peer -> {
          peer.head();
          peer.send(CHUNKED);
          while (true) {
            peer.send("5\r\nagain\r\n");
          }
        })) {
      var start =
          calls.call(
              new HttpGet(server.url()),
              soon(),
              answer -> {
                try (var body = answer.getEntity().getContent()) {
                  return new String(body.readNBytes(5), UTF_8);
                }
              });

      assertThat(start).isEqualTo("again");
    }
  }

  @Test
  void bodyThatStopsMidway_isGivenUpWhenTheHandlerIsDone() throws IOException {
    try (var server =
        new RawServer(peer -> {
          peer.head();
          peer.send(CHUNKED + "5\r\nagain\r\n");
          peer.hang();
        })) {
      assertThat(status(server.url())).isEqualTo(200);
    }
  }

  @Test
  void bodyOfAHandlerThatThrows_isGivenUp() throws IOException {
    try (var server =
        new RawServer(peer -> {
          peer.head();
          peer.send(CHUNKED);
          peer.hang();
        })) {
      assertThatThrownBy(() ->
              calls.call(
                  new HttpGet(server.url()),
                  soon(),
                  answer -> {
                    throw new HttpException("not what was asked for");
                  }))
          .isInstanceOf(IOException.class)
          .hasStackTraceContaining("not what was asked for");
    }
  }

  @Test
  void connectionThatWentStale_isNotUsedAgain() throws IOException {
    var gone = new AtomicInteger();
    try (var server =
        new RawServer(peer -> {
          peer.head();
          peer.send(RawServer.ok("hello"));
          peer.socket().close();
          gone.incrementAndGet();
        })) {
      get(server.url());
      Awaitility.await().untilAtomic(gone, Matchers.is(1));
      var post = new HttpPost(server.url());
      post.setEntity(new StringEntity("paid for"));

      assertThat(calls.<Integer>call(post, soon(), answer -> answer.getCode())).isEqualTo(200);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void name_isLookedUpOnceForAConnection() throws IOException {
    try (var server = RawServer.answering(RawServer.ok("hello"))) {
      get(server.url("name.test"));
      get(server.url("name.test"));

      assertThat(names.asked()).containsExactly("name.test");
      assertThat(server.heads()).hasSize(2).allMatch(head -> head.contains("Host: name.test:"));
    }
  }

  @Test
  void close_breaksOffWhatIsRunning() throws IOException, InterruptedException {
    try (var server =
        new RawServer(peer -> {
          peer.head();
          peer.hang();
        })) {
      var failure = new AtomicReference<Throwable>();
      var caller =
          Thread.startVirtualThread(() -> {
            try {
              get(server.url());
            } catch (IOException e) {
              failure.set(e);
            }
          });
      Awaitility.await().until(() -> server.heads().size() == 1);

      calls.close();
      caller.join();

      assertThat(failure.get())
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(DeadlineExceededException.class);
    }
  }
}
