package dev.nectar.server;

import static dev.nectar.server.NectarServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import dev.nectar.storage.RedisProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Links work where no signing key is set. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class LinksByDefaultTest {

  private final Painter painter = Painter.start();
  @TempDir private Path directory;

  @BeforeEach
  void paint() {
    painter.paints(SampleImages.png(500, 1));
  }

  @AfterEach
  void stop() {
    painter.close();
  }

  private NectarServer start(Path cache, Map<String, String> settings) {
    return NectarServer.start(cache, painter.url(), settings);
  }

  private static String link(NectarServer nectar) throws Exception {
    var answer = nectar.send("POST", "/sign?key=" + NectarServer.KEY, "{\"prompt\":\"a pear\"}");
    var url = URI.create(json(answer).get("url").asString());
    return url.getRawPath() + "?" + url.getRawQuery();
  }

  @Test
  void key_isMadeAtTheFirstStartForItsOwnerAloneAndLasts() throws Exception {
    var file = directory.resolve("cache").resolve("signing.key");
    String link;
    try (var nectar = start(directory.resolve("cache"), Map.of())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      link = link(nectar);
      assertThat(nectar.get(link).statusCode()).isEqualTo(200);
    }
    var key = Files.readString(file);
    assertThat(key.strip()).hasSizeGreaterThanOrEqualTo(43);

    try (var again = start(directory.resolve("cache"), Map.of())) {
      assertThat(again.get(link).statusCode()).isEqualTo(200);
      assertThat(link(again)).isEqualTo(link);
    }
    assertThat(file).hasContent(key);
    try (var other = start(directory.resolve("another"), Map.of())) {
      assertThat(other.get(link).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void key_thatIsSet_leavesNoneToBeMade() throws Exception {
    try (var _ = start(directory, Map.of("URL_SIGNING_KEYS", "a-signing-key-16"))) {
      assertThat(directory.resolve("signing.key")).doesNotExist();
    }
  }

  @Test
  void off_meansThatThereAreNoLinks() throws Exception {
    try (var nectar = start(directory, Map.of("URL_SIGNING_KEYS", "off"))) {
      var refusal = nectar.send("POST", "/sign?key=" + NectarServer.KEY, "{\"prompt\":\"a pear\"}");
      assertThat(refusal.statusCode()).isEqualTo(403);
      assertThat(json(refusal).get("detail").asString()).contains("URL_SIGNING_KEYS");
      assertThat(nectar.get("/prompt/a?sig=abc").statusCode()).isEqualTo(401);
      var order = nectar.order("{\"prompt\":\"a pear\",\"response_format\":\"url\"}");
      assertThat(order.statusCode()).isEqualTo(400);
      assertThat(directory.resolve("signing.key")).doesNotExist();
    }
  }

  @Test
  void key_thatCannotBeKept_isGoodUntilTheEndAndWarnedOf(CapturedOutput output) throws Exception {
    var inTheWay = Files.writeString(directory.resolve("file"), "");

    try (var nectar = start(inTheWay, Map.of())) {
      assertThat(nectar.get(link(nectar)).statusCode()).isEqualTo(200);
    }

    assertThat(output).containsOnlyOnce("The key that signs links can't be kept");
  }

  @Test
  void key_inRedis_isThatOfAllNodes() throws Exception {
    try (var redis = RedisProcess.started()) {
      var settings = Map.of("REDIS_URL", redis.url());
      try (var one = start(directory.resolve("one"), settings);
          var other = start(directory.resolve("other"), settings)) {
        assertThat(other.get(link(one)).statusCode()).isEqualTo(200);
        assertThat(link(other)).isEqualTo(link(one));
      }
      assertThat(directory.resolve("one").resolve("signing.key")).doesNotExist();
    }
  }
}
