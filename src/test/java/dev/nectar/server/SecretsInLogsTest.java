package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Not at any level, not by any library. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsInLogsTest {

  @Test
  void log_ofEverything_holdsNoSecretAndNoForgedLine(@TempDir Path directory, CapturedOutput output)
      throws Exception {
    try (var first = Painter.start();
        var second = Painter.start()) {
      first.paints(SampleImages.png(300, 1));
      second.fails(500, "an answer");
      var secondUrl = second.url().replace("//", "//someone:pass-word@");
      var settings =
          Map.of(
              "PROXY_ACCESS_KEY", "k3y/with+signs",
              "TOKEN_MAP", "{\"" + first.url() + "\": \"a-backend-token\"}",
              "logging.level.root", "debug");
      try (var nectar = NectarServer.start(directory, first.url() + "," + secondUrl, settings)) {
        for (var i = 0; first.calls().isEmpty() || second.calls().isEmpty(); i++) {
          var target = "/prompt/a%0AINFO%20forged" + i + "?key=k3y%2Fwith%2Bsigns";
          assertThat(nectar.get(target).statusCode()).isIn(200, 502);
        }
        nectar.get("/prompt/a?key=%6b3y%2fwith%2bsigns");
        nectar.get("/prompt/a", "Authorization", "Bearer k3y/with+signs");
        nectar.delete("{\"description\":\"unknown\"}");
        nectar.get("/status");
      }
    }

    var userInfo =
        Base64.getEncoder().encodeToString("someone:pass-word".getBytes(StandardCharsets.UTF_8));
    assertThat(output.getAll())
        .contains("DEBUG", "****", "generation ")
        .doesNotContain(
            "k3y/with+signs",
            "k3y%2Fwith%2Bsigns",
            "%6b3y",
            "a-backend-token",
            "pass-word",
            userInfo,
            NectarServer.ADMIN_TOKEN)
        .doesNotContainPattern("(?m)^INFO forged");
    try (var files = Files.list(directory)) {
      for (var file : files.toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .doesNotContain("k3y/with+signs", "a-backend-token", "pass-word");
      }
    }
  }
}
