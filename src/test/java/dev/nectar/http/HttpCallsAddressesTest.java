package dev.nectar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From the name of a host to a connection. */
@Timeout(60)
@Tag("slow")
class HttpCallsAddressesTest {

  private static final Duration LATE = Duration.ofSeconds(40);

  private static String get(HttpCalls calls, String host, int port, Duration time)
      throws IOException {
    return calls.call(
        new HttpGet(URI.create("http://" + host + ":" + port + "/")),
        Deadline.in(time, Ticker.systemTicker()),
        answer -> EntityUtils.toString(answer.getEntity()));
  }

  private static ServerSocket listener(String address, int port) throws IOException {
    return new ServerSocket(port, 500, InetAddress.getByName(address));
  }

  private static RawServer living(String address, int port) throws IOException {
    return new RawServer(listener(address, port), peer -> peer.always(RawServer.ok("hello")));
  }

  @Test
  void deadAddresses_howeverMany_endWithTheDeadline() throws IOException {
    var forty = IntStream.generate(() -> 1).limit(40).toArray();
    try (var dead = new DeadAddress();
        var calls = new HttpCalls(1, Names.loopback(forty))) {
      var start = System.nanoTime();

      assertThatThrownBy(() -> get(calls, "dead.test", dead.port(), Duration.ofMillis(1_500)))
          .isInstanceOf(DeadlineExceededException.class);

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(15));
    }
  }

  @Test
  void fileAtDeadAddresses_endsWithTheDeadline() throws IOException {
    var forty = IntStream.generate(() -> 1).limit(40).toArray();
    try (var dead = new DeadAddress();
        var files = new RemoteFiles(1, Names.loopback(forty))) {
      var url = URI.create("http://dead.test:" + dead.port() + "/picture.png");
      var deadline = Deadline.in(Duration.ofMillis(300), Ticker.systemTicker());

      assertThatThrownBy(() -> files.fetch(url, place -> true, deadline, InputStream::readAllBytes))
          .isInstanceOf(DeadlineExceededException.class);
    }
  }

  @Test
  void deadAddress_leavesTimeForTheNext() throws IOException {
    try (var dead = new DeadAddress();
        var living = living("127.0.0.2", dead.port());
        var calls = new HttpCalls(1, Names.loopback(1, 2))) {
      assertThat(get(calls, "half-dead.test", living.port(), Duration.ofSeconds(3)))
          .isEqualTo("hello");
    }
  }

  @Test
  void addressThatRefuses_isFollowedByTheNextAtOnce() throws IOException {
    try (var living = living("127.0.0.2", 0);
        var calls = new HttpCalls(1, Names.loopback(3, 2))) {
      assertThat(get(calls, "half-dead.test", living.port(), LATE)).isEqualTo("hello");
    }
  }

  @Test
  void addresses_afterTheDeadline_areNotConnectedTo() throws IOException {
    try (var dead = new DeadAddress();
        var living = living("127.0.0.2", dead.port());
        var calls = new HttpCalls(1, Names.loopback(1, 2))) {
      assertThatThrownBy(() -> get(calls, "half-dead.test", dead.port(), Duration.ofMillis(300)))
          .isInstanceOf(DeadlineExceededException.class);

      await().during(Duration.ofMillis(400)).until(() -> living.connections() == 0);
    }
  }

  @Test
  void hostWithoutAddresses_isUnknown() throws IOException {
    try (var calls = new HttpCalls(1, Names.loopback())) {
      assertThatThrownBy(() -> get(calls, "nowhere.test", 80, LATE))
          .isInstanceOf(UnknownHostException.class);
    }
  }

  @Test
  void lookUpsThatHang_endWithTheDeadlineAndHoldUpNoOtherHost() throws Exception {
    var done = new CountDownLatch(1);
    Names names =
        host -> {
          if (host.equals("slow.test")) {
            hang(done);
          }
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
    try (var server = RawServer.answering(RawServer.ok("hello"));
        var calls = new HttpCalls(200, names);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var slow = new ArrayList<Future<String>>();
      for (var i = 0; i < 100; i++) {
        slow.add(
            threads.submit(() -> get(calls, "slow.test", server.port(), Duration.ofMillis(500))));
      }

      assertThat(get(calls, "quick.test", server.port(), LATE)).isEqualTo("hello");
      assertThat(slow)
          .allSatisfy(call ->
              assertThatThrownBy(call::get).hasCauseInstanceOf(DeadlineExceededException.class));
    } finally {
      done.countDown();
    }
  }

  @Test
  void connections_ofCallsWhoseLookUpHangs_areFreeAfterTheDeadline() throws IOException {
    var done = new CountDownLatch(1);
    Names names =
        host -> {
          if (host.equals("slow.test")) {
            hang(done);
          }
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
    try (var server = RawServer.answering(RawServer.ok("hello"));
        var calls = new HttpCalls(1, names)) {
      assertThatThrownBy(() -> get(calls, "slow.test", server.port(), Duration.ofMillis(100)))
          .isInstanceOf(DeadlineExceededException.class);

      assertThat(get(calls, "quick.test", server.port(), LATE)).isEqualTo("hello");
    } finally {
      done.countDown();
    }
  }

  @Test
  void calls_fiveHundredAtOnce_needFewPlatformThreads() throws Exception {
    var asked = new AtomicInteger();
    var done = new CountDownLatch(1);
    Names names =
        host -> {
          asked.incrementAndGet();
          hang(done);
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
    try (var server = living("127.0.0.1", 0);
        var calls = new HttpCalls(500, names);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var before = platformThreads();
      var answers = new ArrayList<Future<String>>();
      for (var i = 0; i < 500; i++) {
        var host = "host-" + i + ".test";
        answers.add(threads.submit(() -> get(calls, host, server.port(), LATE)));
      }
      await().untilAtomic(asked, equalTo(32));
      assertThat(platformThreads() - before).as("look-ups, and carriers").isLessThan(50);

      done.countDown();
      for (var answer : answers) {
        assertThat(answer.get()).isEqualTo("hello");
      }
      assertThat(asked).hasValue(500);
    }
  }

  private static int platformThreads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static void hang(CountDownLatch done) {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
