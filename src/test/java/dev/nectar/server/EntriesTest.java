package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.cache.CacheKey;
import dev.nectar.image.CraftedImages;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.SampleImages;
import dev.nectar.image.Sha256;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code /admin/entries}: what the cache holds, for admins. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class EntriesTest {

  private final byte[] png = png(1_600, 800);
  private final Painter painter = Painter.start();
  private final NectarServer nectar;

  private final Path cache;

  EntriesTest(@TempDir Path cache) {
    this.cache = cache;
    nectar = NectarServer.start(cache, painter.url());
    painter.paints(png);
  }

  @BeforeEach
  void forget() throws Exception {
    nectar.forget();
  }

  @AfterAll
  void stop() {
    nectar.close();
    painter.close();
  }

  private static byte[] png(int width, int height) {
    try (var bytes = new ByteArrayOutputStream()) {
      ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB), "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<byte[]> admin(String path) throws IOException, InterruptedException {
    return nectar.get("/admin/entries" + path, "X-Admin-Token", NectarServer.ADMIN_TOKEN);
  }

  private String keyOf(String prompt) throws IOException, InterruptedException {
    nectar.image(prompt);
    return json(admin("?q=" + prompt)).get("entries").get(0).get("key").asString();
  }

  @Test
  void entries_areListedAndSearchedPageByPage() throws Exception {
    for (var prompt : new String[] {"apple", "pear", "plum"}) {
      nectar.get(NectarServer.target(prompt) + "&width=64&height=32&model=flux&seed=7");
    }

    var first = json(admin("?limit=2"));
    assertThat(first.get("entries")).hasSize(2);
    var second = json(admin("?limit=2&after=" + first.get("next").asString()));
    assertThat(second.get("entries")).hasSize(1);
    assertThat(second.get("next").isNull()).isTrue();

    var found = json(admin("?q=PEAR")).get("entries");
    assertThat(found).hasSize(1);
    assertThat(found.get(0).get("prompt").asString()).isEqualTo("pear");
    assertThat(found.get(0).get("width").asInt()).isEqualTo(64);
    assertThat(found.get(0).get("pixels")).hasToString("{\"width\":1600,\"height\":800}");
    assertThat(found.get(0).get("model").asString()).isEqualTo("flux");
    assertThat(found.get(0).get("seed").asInt()).isEqualTo(7);
    assertThat(found.get(0).get("source").asString()).isEqualTo("backend");
    assertThat(found.get(0).get("contentType").asString()).isEqualTo("image/png");
    assertThat(found.get(0).get("bytes").asInt()).isEqualTo(png.length);
  }

  @Test
  void entry_tellsAllThatItHolds() throws Exception {
    nectar.get(NectarServer.target("apple") + "&quality=high");
    var key = json(admin("")).get("entries").get(0).get("key").asString();

    var whole = json(admin("/" + key));
    assertThat(whole.get("key").asString()).isEqualTo(key);
    assertThat(whole.get("prompt").asString()).isEqualTo("apple");
    assertThat(whole.get("sentPrompt").asString()).isEqualTo("apple");
    assertThat(whole.get("sha256").asString()).hasSize(64);
    assertThat(whole.get("extras").get("quality").asString()).isEqualTo("high");
  }

  @Test
  void entry_tellsWhatItWasMadeFrom() throws Exception {
    var input = SampleImages.png(2_000, 5);
    var body =
        "{\"prompt\":\"bluer\",\"image\":\"data:image/png;base64,%s\"}"
            .formatted(Base64.getEncoder().encodeToString(input));
    assertThat(nectar.send("POST", "/prompt?key=" + NectarServer.KEY, body).statusCode())
        .isEqualTo(200);
    nectar.image("plain");

    var listed = json(admin("?q=bluer")).get("entries").get(0);
    var whole = json(admin("/" + listed.get("key").asString()));
    for (var entry : List.of(listed, whole)) {
      assertThat(entry.get("inputs")).hasSize(1);
      assertThat(entry.at("/inputs/0/sha256").asString())
          .isEqualTo(HexFormat.of().formatHex(Sha256.newDigest().digest(input)));
      assertThat(entry.at("/inputs/0/contentType").asString()).isEqualTo("image/png");
      assertThat(entry.at("/inputs/0/size").asInt()).isEqualTo(input.length);
      assertThat(entry.get("mask").isNull()).isTrue();
    }
    assertThat(json(admin("?q=plain")).at("/entries/0/inputs")).isEmpty();
  }

  @Test
  void image_isServedAsItIs() throws Exception {
    var image = admin("/" + keyOf("apple") + "/image");

    assertThat(image.statusCode()).isEqualTo(200);
    assertThat(header(image, "Content-Type")).isEqualTo("image/png");
    assertThat(image.body()).isEqualTo(png);
  }

  @Test
  void thumbnail_isASmallJpeg() throws Exception {
    var thumbnail = admin("/" + keyOf("apple") + "/thumbnail");

    assertThat(thumbnail.statusCode()).isEqualTo(200);
    assertThat(header(thumbnail, "Content-Type")).isEqualTo("image/jpeg");
    var small = ImageIO.read(new ByteArrayInputStream(thumbnail.body()));
    assertThat(small.getWidth()).isEqualTo(320);
    assertThat(small.getHeight()).isEqualTo(160);
  }

  /** As nobody bounded them once. */
  @Test
  void imageOverTheBounds_ofAnOldCache_isServedButNeverDecoded() throws Exception {
    var key = CacheKey.of(new ImageRequest("a wide apple", null, null, 42, false)).toString();
    var wide = CraftedImages.png(33_000_000, 1);
    Files.write(cache.resolve(key + ".data"), wide);
    Files.writeString(
        cache.resolve(key + ".meta.json"), "{\"contentType\":\"image/png\",\"createdAt\":1}");

    var image = nectar.image("a wide apple");
    assertThat(image.statusCode()).isEqualTo(200);
    assertThat(image.body()).isEqualTo(wide);
    assertThat(header(image, "X-Image-Size")).isEqualTo("33000000x1");

    for (var visit = 0; visit < 2; visit++) {
      var thumbnail = admin("/" + key + "/thumbnail");
      assertThat(thumbnail.statusCode()).isEqualTo(415);
      assertThat(header(thumbnail, "Content-Type")).isEqualTo("application/problem+json");
      assertThat(json(thumbnail).get("detail").asString()).contains("33000000x1 pixels");
    }
  }

  @Test
  void entry_deleted_isGone() throws Exception {
    var key = keyOf("apple");
    var path = "/admin/entries/" + key;

    assertThat(nectar.send("DELETE", path, "").statusCode()).isEqualTo(401);
    var token = new String[] {"X-Admin-Token", NectarServer.ADMIN_TOKEN};
    assertThat(nectar.send("DELETE", path, "", token).statusCode()).isEqualTo(200);
    assertThat(nectar.send("DELETE", path, "", token).statusCode()).isEqualTo(404);
    assertThat(admin("/" + key).statusCode()).isEqualTo(404);
    assertThat(json(admin("")).get("entries")).isEmpty();
  }

  @Test
  void faults_areProblems() throws Exception {
    assertThat(nectar.get("/admin/entries").statusCode()).isEqualTo(401);
    assertThat(nectar.get("/admin/entries", "X-Admin-Token", "wrong").statusCode()).isEqualTo(401);
    for (var path : new String[] {"?limit=0", "?limit=x", "?after=x", "/..", "/abc"}) {
      var answer = admin(path);
      assertThat(answer.statusCode()).as(path).isIn(400, 404);
      assertThat(header(answer, "Content-Type")).as(path).isEqualTo("application/problem+json");
    }
  }

  @Test
  void token_notSet_is403(@TempDir Path other) throws Exception {
    try (var open = NectarServer.start(other, painter.url(), Map.of("ADMIN_TOKEN", ""))) {
      assertThat(open.get("/admin/entries").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void page_isServedUnderAStrictPolicyAndTellsNoSecret() throws Exception {
    var page = nectar.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).startsWith("text/html");
    assertThat(header(page, "Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(NectarServer.text(page)).doesNotContain(" style=\"", "<script>", " onclick=");

    var facts = nectar.get("/ui/config.json");
    assertThat(json(facts).get("demo").asBoolean()).isFalse();
    assertThat(json(facts).get("admin").asBoolean()).isTrue();
    assertThat(NectarServer.text(facts)).doesNotContain(NectarServer.KEY, NectarServer.ADMIN_TOKEN);
    assertThat(header(nectar.get("/ui/main.js"), "Content-Type")).contains("javascript");
    assertThat(nectar.get("/ui/../application.properties").statusCode()).isIn(400, 404);
  }
}
