package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.http.RawServer;
import dev.nectar.http.RawServer.Connection;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Back ends and files behind TLS that nobody vouches for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class TlsFaultsTest {

  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

  private final byte[] image = SampleImages.bytes(ImageFormat.WEBP, 3_000, 1);
  private final byte[] forged = SampleImages.png(3_000, 2);
  private final Painter honest = Painter.start();
  private final RawServer trusted;
  private final RawServer stranger;
  private final RawServer plain;

  TlsFaultsTest(@TempDir Path directory) throws Exception {
    var trustedKey = ServerKey.create(directory.resolve("trusted"));
    var strangersKey = ServerKey.create(directory.resolve("stranger"));
    trusted = new RawServer(trustedKey.listen(), this::serve);
    stranger = new RawServer(strangersKey.listen(), this::serve);
    plain = new RawServer(peer -> peer.send("HTTP/1.1 400 Bad Request\r\n\r\n"));
    System.setProperty(TRUST_STORE, trustedKey.store().toString());
    System.setProperty(TRUST_STORE_PASSWORD, ServerKey.PASSWORD);
    honest.paints(image);
  }

  @AfterAll
  void close() throws IOException {
    System.clearProperty(TRUST_STORE);
    System.clearProperty(TRUST_STORE_PASSWORD);
    trusted.close();
    stranger.close();
    plain.close();
    honest.close();
  }

  private void serve(Connection peer) throws IOException {
    peer.head();
    peer.send(RawServer.ok(Lie.painting(Base64.getEncoder().encodeToString(forged))));
  }

  /** The right name is localhost. */
  private List<String> faultyPlaces() {
    return List.of(
        "https://127.0.0.1:" + trusted.port(),
        "https://localhost:" + stranger.port(),
        "https://localhost:" + plain.port());
  }

  @Test
  void certificate_trustedAndOfTheRightName_isTaken(@TempDir Path cache) throws Exception {
    try (var nectar = start(cache, List.of("https://localhost:" + trusted.port()))) {
      assertThat(nectar.image("a prompt").body()).isEqualTo(forged);
    }
  }

  @Test
  void backEnds_nobodyVouchesFor_areNotTalkedTo(@TempDir Path cache) throws Exception {
    try (var nectar = start(cache, faultyPlaces())) {
      assertPaintedByTheLastOfFour(nectar);
    }
  }

  @Test
  void files_nobodyVouchesFor_areNotFetched(@TempDir Path cache) throws Exception {
    var places = faultyPlaces();
    try (var one = linking(places.get(0));
        var other = linking(places.get(1));
        var third = linking(places.get(2));
        var nectar =
            start(
                cache,
                Stream.of(one, other, third).map(s -> "http://127.0.0.1:" + s.port()).toList())) {
      assertPaintedByTheLastOfFour(nectar);
    }
  }

  private static RawServer linking(String place) throws IOException {
    return RawServer.answering(RawServer.ok("{\"data\":[{\"url\":\"" + place + "/a.png\"}]}"));
  }

  private void assertPaintedByTheLastOfFour(NectarServer nectar) throws Exception {
    var told = trusted.heads().size() + stranger.heads().size();

    assertThat(nectar.image("a prompt").body()).isEqualTo(image);

    assertThat(nectar.status().at("/backends"))
        .extracting(backend -> backend.get("failures").asInt())
        .containsExactly(1, 1, 1, 0);
    assertThat(trusted.heads().size() + stranger.heads().size()).isEqualTo(told);
  }

  private NectarServer start(Path cache, List<String> backends) {
    return NectarServer.start(
        cache,
        String.join(",", backends) + "," + honest.url(),
        Map.of(
            "BACKEND_WEIGHTS", "{\"" + honest.url() + "\": 0}",
            "BACKEND_TIMEOUT", "20s",
            "IMAGE_URL_ALLOWED_HOSTS", "localhost,127.0.0.1"));
  }
}
