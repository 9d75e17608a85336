package dev.nectar.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.nectar.server.NectarServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.cache.CacheKey;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.SampleImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Images that go to a host, and their entries to the embedded store. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class HostedImagesTest {

  private final byte[] png = SampleImages.png(3_000, 1);
  private final Painter painter = Painter.start();
  private final Painter host = Painter.start();
  private final Path directory;
  private final NectarServer nectar;

  HostedImagesTest(@TempDir Path directory) {
    this.directory = directory;
    this.nectar = start(directory, "");
  }

  @BeforeEach
  void prepare() throws Exception {
    nectar.forget();
    painter.paints(png);
    hosts("https://images.example/apple.png");
  }

  @AfterAll
  void stop() {
    nectar.close();
    painter.close();
    host.close();
  }

  private NectarServer start(Path directory, String allowedHosts) {
    return NectarServer.start(
        directory.resolve("staging"),
        painter.url(),
        Map.of(
            "IMAGE_URL_ALLOWED_HOSTS",
            allowedHosts,
            "IMAGE_HOSTING_ENABLED",
            "true",
            "IMAGE_HOSTING_PROVIDER",
            "picgo",
            "IMAGE_HOSTING_KEY",
            "a-hosting-key",
            "IMAGE_HOSTING_URL",
            host.url() + "/upload",
            "KV_FILE",
            directory.resolve("entries.db").toString()));
  }

  private void hosts(String url) {
    host.answers(aResponse().withBody("{\"status_code\":200,\"image\":{\"url\":\"" + url + "\"}}"));
  }

  @Test
  void image_hosted_isRedirectedToAndMadeOnce() throws Exception {
    var first = nectar.image("an apple");
    assertThat(first.statusCode()).isEqualTo(302);
    assertThat(header(first, "Location")).isEqualTo("https://images.example/apple.png");
    assertThat(header(first, "Cache-Control")).isEqualTo("private, max-age=300");
    assertThat(header(first, "ETag")).isEmpty();
    assertThat(header(first, "X-Cache")).isEqualTo("MISS");
    assertThat(header(first, "X-Image-Source")).isEqualTo("backend");
    assertThat(header(first, "X-Image-Size")).isEqualTo("640x480");

    var head = nectar.send("HEAD", NectarServer.target("an apple"), "");
    assertThat(head.statusCode()).isEqualTo(302);
    assertThat(header(head, "Location")).isEqualTo("https://images.example/apple.png");
    assertThat(header(head, "X-Cache")).isEqualTo("HIT");
    assertThat(header(head, "X-Image-Size")).isEqualTo("640x480");
    assertThat(painter.calls()).hasSize(1);
    assertThat(host.calls()).hasSize(1);
    assertThat(directory.resolve("staging"))
        .isDirectoryNotContaining(file -> !file.endsWith("signing.key"));
  }

  @Test
  void upload_bearsANameOfItsOwnEachTime() throws Exception {
    var key = CacheKey.of(new ImageRequest("an apple", null, null, 42, false));
    for (var upload = 0; upload < 2; upload++) {
      assertThat(nectar.image("an apple").statusCode()).isEqualTo(302);
      assertThat(nectar.delete("{\"prompt\":\"an apple\"}").statusCode()).isEqualTo(200);
    }

    var names =
        host.calls().stream()
            .map(call -> Objects.requireNonNull(call.getParts()).iterator().next().getFileName())
            .toList();
    assertThat(names)
        .hasSize(2)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches(key + "-[0-9a-f]{8}\\.png"));
  }

  @Test
  void entry_outlivesARestart(@TempDir Path other) throws Exception {
    try (var before = start(other, "")) {
      before.image("an apple");
    }

    try (var after = start(other, "")) {
      assertThat(header(after.image("an apple"), "X-Cache")).isEqualTo("HIT");
      assertThat(after.status().get("cache").get("mode").asString()).isEqualTo("sqlite");
    }
    assertThat(painter.calls()).hasSize(1);
  }

  @Test
  void seed_drawn_isNotCachedByTheClient() throws Exception {
    var answer = nectar.get(NectarServer.target("an apple") + "&seed=-1");

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
  }

  /** Its own port is the host's place; the other one is only its word. */
  @Test
  void url_ofTheNetworkInside_isFollowedByNobody() throws Exception {
    try (var inside = Painter.start()) {
      var secret = SampleImages.png(4_000, 2);
      inside.answers(aResponse().withBody(secret));
      hosts(inside.url() + "/metadata.png");

      for (var round = 0; round < 2; round++) {
        assertThat(inline(nectar)).isNotEqualTo(secret);
      }
      assertThat(thumbnail(nectar).statusCode()).isEqualTo(502);
      assertThat(inside.calls()).isEmpty();
    }
  }

  @Test
  void url_ofAnAllowedHostInside_isFollowed(@TempDir Path other) throws Exception {
    try (var inside = Painter.start();
        var server = start(other, inside.url().replaceFirst("https?://([^/]*).*", "$1"))) {
      var picture = new ByteArrayOutputStream();
      ImageIO.write(new BufferedImage(12, 8, BufferedImage.TYPE_INT_RGB), "png", picture);
      inside.answers(aResponse().withBody(picture.toByteArray()));
      hosts(inside.url() + "/apple.png");
      server.image("an apple");

      assertThat(inline(server)).isEqualTo(picture.toByteArray());
      assertThat(thumbnail(server).statusCode()).isEqualTo(200);
    }
  }

  /** Empty if there is none. */
  private static byte[] inline(NectarServer server) throws Exception {
    var order = "{\"prompt\":\"an apple\",\"seed\":42,\"response_format\":\"b64_json\"}";
    var data = NectarServer.json(server.order(order)).path("data");
    return Base64.getDecoder().decode(data.path(0).path("b64_json").asString(""));
  }

  private static HttpResponse<byte[]> thumbnail(NectarServer server) throws Exception {
    var entries = NectarServer.json(admin(server, "/admin/entries")).get("entries");
    return admin(server, "/admin/entries/" + entries.get(0).get("key").asString() + "/thumbnail");
  }

  private static HttpResponse<byte[]> admin(NectarServer server, String target) throws Exception {
    return server.get(target, "X-Admin-Token", NectarServer.ADMIN_TOKEN);
  }

  @Test
  void upload_failing_costsNoImageAndIsTriedAgain(CapturedOutput output) throws Exception {
    host.fails(503, "no room");
    var unkept = nectar.image("an apple");
    assertThat(unkept.statusCode()).isEqualTo(200);
    assertThat(unkept.body()).isEqualTo(png);
    assertThat(output.getAll()).containsOnlyOnce(" WARN ");

    hosts("https://images.example/later.png");
    var next = nectar.image("an apple");
    assertThat(next.statusCode()).isEqualTo(302);
    assertThat(header(next, "X-Cache")).isEqualTo("MISS");
    assertThat(painter.calls()).hasSize(2);
  }

  @Test
  void image_whoseHostHasLostIt_isDeletedWithoutAskingTheHost() throws Exception {
    nectar.image("an apple");
    host.fails(404, "gone");

    assertThat(nectar.delete("{\"prompt\":\"an apple\"}").statusCode()).isEqualTo(200);
    assertThat(nectar.delete("{\"prompt\":\"an apple\"}").statusCode()).isEqualTo(404);
    assertThat(host.calls()).isEmpty();
    hosts("https://images.example/new.png");
    assertThat(header(nectar.image("an apple"), "Location"))
        .isEqualTo("https://images.example/new.png");
  }

  @Test
  void store_whoseFileIsGone_costsNoAnswer(@TempDir Path other) throws Exception {
    try (var server = start(other, "")) {
      Files.delete(other.resolve("entries.db"));

      assertThat(server.image("an apple").statusCode()).isEqualTo(302);
    }
  }
}
