package dev.nectar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a handler makes of an answer for a caller that has gone. */
@Timeout(30)
class HttpCallsLateResultTest {

  private static final Duration LATE = Duration.ofSeconds(20);

  private final AtomicBoolean closed = new AtomicBoolean();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  private AutoCloseable slowResult() {
    begun.countDown();
    try {
      done.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return () -> closed.set(true);
  }

  private static Deadline within(Duration time) {
    return Deadline.in(time, Ticker.systemTicker());
  }

  @Test
  void result_afterTheDeadline_isClosed() throws IOException {
    try (var server = RawServer.answering(RawServer.ok("hello"));
        var calls = new HttpCalls(1, new LocalNames())) {
      assertThatThrownBy(() ->
              calls.call(
                  new HttpGet(server.url()),
                  within(Duration.ofMillis(300)),
                  answer -> slowResult()))
          .isInstanceOf(DeadlineExceededException.class);
      assertThat(closed).isFalse();

      done.countDown();
      await().untilTrue(closed);
    }
  }

  @Test
  void file_afterTheDeadline_isClosed() throws IOException {
    try (var server = RawServer.answering(RawServer.ok("hello"));
        var files = new RemoteFiles(1, new LocalNames())) {
      assertThatThrownBy(() ->
              files.fetch(
                  server.url(),
                  place -> true,
                  within(Duration.ofMillis(300)),
                  body -> slowResult()))
          .isInstanceOf(DeadlineExceededException.class);

      done.countDown();
      await().untilTrue(closed);
    }
  }

  @Test
  void result_inTime_isTheCallers() throws Exception {
    done.countDown();
    try (var server = RawServer.answering(RawServer.ok("hello"));
        var calls = new HttpCalls(1, new LocalNames())) {
      var result = calls.call(new HttpGet(server.url()), within(LATE), answer -> slowResult());

      assertThat(closed).isFalse();
      result.close();
      assertThat(closed).isTrue();
    }
  }

  @Test
  void callerThatIsInterrupted_goesAtOnce() throws Exception {
    var failure = new AtomicReference<Throwable>();
    var interrupted = new AtomicBoolean();
    try (var server = RawServer.answering(RawServer.ok("hello"));
        var calls = new HttpCalls(1, new LocalNames())) {
      var caller =
          Thread.startVirtualThread(() -> {
            try {
              calls.call(new HttpGet(server.url()), within(LATE), answer -> slowResult());
            } catch (IOException e) {
              failure.set(e);
              interrupted.set(Thread.currentThread().isInterrupted());
            }
          });
      begun.await();

      caller.interrupt();
      caller.join();

      assertThat(failure.get()).isInstanceOf(InterruptedIOException.class);
      assertThat(interrupted).isTrue();
      done.countDown();
      await().untilTrue(closed);
    }
  }
}
