package dev.nectar.backend.protocol;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.http.RawServer;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.InputImages;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What every protocol keeps to, whatever a back end does: time and size. */
abstract class BoundsContract extends InputImagesContract {

  @Test
  void answer_pastTheDeadline_isFailedByTimeout() {
    painter.answers(aResponse().withBody(painting(base64)).withChunkedDribbleDelay(7, 1_400));
    try (var bench = bench()) {
      assertThat(backend(bench).paint(request(null), bench.within(Duration.ofMillis(250))))
          .isEqualTo(new Failed("timeout"));
    }
    await().untilAsserted(() -> assertThat(directory).isEmptyDirectory());
  }

  @Test
  void picture_overTheBound_isFailed() {
    painter.answers(
        aResponse()
            .withBody(painting(base64(SampleImages.png((int) Bench.MAX_IMAGE_BYTES + 1, 1)))));

    assertThat(ask()).isInstanceOf(Failed.class);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void picture_cutOff_isFailed() {
    var half = new byte[png.length / 2];
    System.arraycopy(png, 0, half, 0, half.length);
    painter.answers(aResponse().withBody(painting(base64(half))));

    assertThat(ask())
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.kind()).isEqualTo("picture cut off"));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void body_withoutEnd_isFailed() throws Exception {
    var piece = " ".repeat(10_000).getBytes(UTF_8);
    try (var server =
            new RawServer(peer -> {
              peer.head();
              peer.send("HTTP/1.1 200 OK\r\n\r\n");
              peer.flood(piece, 20_000_000);
            });
        var bench = bench()) {
      var url = "http://127.0.0.1:" + server.port();

      assertThat(bench.ask(bench.speaking(protocol(), url, TOKEN, MODEL), request(null)))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.kind()).isEqualTo("answer too large"));
    }
  }

  @Test
  void answer_beforeTheInputIsThere_isHeard() throws Exception {
    var end = new CountDownLatch(1);
    try (var server =
            new RawServer(peer -> {
              peer.head();
              peer.send("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}");
              awaitQuietly(end);
            });
        var bench = bench()) {
      var large = stage(SampleImages.png(20_000_000, 14));
      var backend = bench.speaking(protocol(), "http://127.0.0.1:" + server.port(), TOKEN, MODEL);

      var reply = bench.ask(backend, from(new InputImages(List.of(large), null, List.of())));

      assertThat(reply).isInstanceOf(Unclear.class);
    } finally {
      end.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void input_thatNobodyReads_endsWithTheDeadline() throws Exception {
    var end = new CountDownLatch(1);
    try (var server = new RawServer(_ -> awaitQuietly(end));
        var bench = bench()) {
      var large = stage(SampleImages.png(20_000_000, 15));
      var backend = bench.speaking(protocol(), "http://127.0.0.1:" + server.port(), TOKEN, MODEL);

      var reply =
          backend.paint(
              from(new InputImages(List.of(large), null, List.of())),
              bench.within(Duration.ofMillis(300)));

      assertThat(reply).isEqualTo(new Failed("timeout"));
    } finally {
      end.countDown();
    }
  }
}
