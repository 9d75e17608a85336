package dev.nectar.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.hosting.ImageHost.Hosting;
import dev.nectar.hosting.ImageHost.Hosting.Failed;
import dev.nectar.hosting.ImageHost.Hosting.Published;
import dev.nectar.http.Deadline;
import dev.nectar.http.HttpCalls;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every image host promises. Secrets in its settings have {@code hidden} in them. */
@Timeout(60)
abstract class ImageHostContract {

  static final String NAME = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  private static final int SMALL = 300;
  private static final int LARGE = 5 * 1024 * 1024;

  @TempDir private Path directory;

  private final HttpCalls http = new HttpCalls(4);

  /** Settings with every secret that this kind of host can have. */
  abstract HostingSettings settings(URI server);

  /** A server that takes images and says where they are. */
  abstract URI workingServer() throws IOException;

  /** Where {@link #workingServer} says that a file is. */
  abstract URI publishedUrl(String fileName);

  /** Fails unless the working server has exactly this file, of this type. */
  abstract void assertStored(String fileName, String mediaType, byte[] bytes) throws Exception;

  @AfterEach
  void closeHttp() {
    http.close();
  }

  static Stream<Arguments> images() {
    return Stream.of(ImageFormat.values())
        .flatMap(format -> Stream.of(SMALL, LARGE).map(size -> Arguments.of(format, size)));
  }

  @ParameterizedTest
  @MethodSource("images")
  void image_isPublishedUnderItsNameAndType(ImageFormat format, int size) throws Exception {
    var bytes = SampleImages.bytes(format, size, size);
    try (var image = stage(bytes)) {
      var fileName = NAME + "." + format.extension();
      assertThat(publish(workingServer(), image, late()))
          .isEqualTo(new Published(publishedUrl(fileName)));
      assertStored(fileName, format.mediaType(), bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 403, 413, 429, 500, 503})
  void refusal_isAFailureThatTellsTheStatusAndNoMore(int status) throws IOException {
    try (var server =
        new UploadServer(peer -> peer.answer(status, "\r\nforged " + peer.upload().head()))) {
      assertThat(failureOf(server)).isEqualTo("status " + status);
    }
  }

  @Test
  void refusalBeforeTheImageWasRead_isAFailure() throws IOException {
    try (var server =
        new UploadServer(peer -> {
          peer.connection().head();
          peer.answer(413, "too large");
        })) {
      failureOf(server);
    }
  }

  @Test
  void answerThatIsNotHttp_isAFailure() throws IOException {
    try (var server =
        new UploadServer(peer -> {
          peer.upload();
          peer.connection().send("SSH-2.0-OpenSSH_9.6\r\n");
        })) {
      failureOf(server);
    }
  }

  @Test
  void connectionThatBreaks_isAFailure() throws IOException {
    try (var server = new UploadServer(UploadServer.Peer::upload)) {
      failureOf(server);
    }
  }

  static Stream<Arguments> slowHosts() {
    return Stream.of(
        slow("takes nothing", UploadServer.Peer::ignore),
        slow(
            "says nothing",
            peer -> {
              peer.upload();
              peer.connection().hang();
            }),
        slow(
            "says it byte by byte",
            peer -> {
              peer.upload();
              peer.connection().send("HTTP/1.1 200 O");
              peer.connection().dribble("K");
            }));
  }

  private static Arguments slow(String name, UploadServer.Script script) {
    return argumentSet(name, script);
  }

  @ParameterizedTest
  @MethodSource("slowHosts")
  void slowHost_isATimeoutAtTheDeadline(UploadServer.Script script) throws IOException {
    var bytes = SampleImages.png(LARGE, 1);
    try (var server = new UploadServer(script);
        var image = stage(bytes)) {
      assertThat(publish(server.url("/"), image, within(Duration.ofMillis(300))))
          .isEqualTo(new Failed("timeout"));
      assertThat(server.connections()).isLessThanOrEqualTo(1);
      assertThat(read(image)).isEqualTo(bytes);
    }
  }

  @Test
  void deadlineThatHasPassed_sendsNothing() throws IOException {
    try (var server = UploadServer.answering(200, "{}");
        var image = stage(SampleImages.png(SMALL, 1))) {
      assertThat(publish(server.url("/"), image, within(Duration.ZERO)))
          .isEqualTo(new Failed("timeout"));
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void imageThatCannotBeRead_isAFailure() throws Exception {
    var image = stage(SampleImages.png(SMALL, 1));
    image.close();

    assertThat(publish(workingServer(), image, late()))
        .isEqualTo(new Failed("ClosedChannelException"));
  }

  @Test
  void hostThatIsDown_isAFailure() throws IOException {
    try (var reserved = new Socket();
        var image = stage(SampleImages.png(SMALL, 1))) {
      reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      var url = URI.create("http://127.0.0.1:%d/".formatted(reserved.getLocalPort()));

      assertThat(publish(url, image, late())).isEqualTo(new Failed("HttpHostConnectException"));
    }
  }

  /**
   * Why the server's image was not published. Fails unless it was sent at most once, told without a
   * secret, and kept.
   */
  final String failureOf(UploadServer server) throws IOException {
    var bytes = SampleImages.png(SMALL, 1);
    try (var image = stage(bytes)) {
      var outcome = publish(server.url("/upload"), image, late());
      assertThat(server.connections()).isEqualTo(1);
      assertThat(read(image)).isEqualTo(bytes);
      assertThat(outcome).isInstanceOf(Failed.class);
      var reason = ((Failed) outcome).reason();
      assertThat(reason).hasSizeLessThan(80).matches("[\\w ,]+").doesNotContain("hidden", "forged");
      return reason;
    }
  }

  final Hosting publish(URI server, StagedImage image, Deadline deadline) {
    return publish(settings(server), image, deadline);
  }

  final Hosting publish(HostingSettings settings, StagedImage image, Deadline deadline) {
    return Objects.requireNonNull(settings.provider())
        .host(settings, http)
        .host(NAME, image, deadline);
  }

  final StagedImage stage(byte[] bytes) throws IOException {
    return SampleImages.stage(new StagingArea(directory, 2 * LARGE), bytes);
  }

  private static byte[] read(StagedImage image) throws IOException {
    try (var bytes = image.open()) {
      return bytes.readAllBytes();
    }
  }

  /** So late that a test which waits for it takes too long. */
  static Deadline late() {
    return within(Duration.ofMinutes(10));
  }

  private static Deadline within(Duration time) {
    return Deadline.in(time, Ticker.systemTicker());
  }
}
