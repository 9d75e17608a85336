package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Nobody guesses the admin token. */
@ExtendWith(OutputCaptureExtension.class)
class AdminTokenTest {

  private static final String WARNING = "ADMIN_TOKEN is shorter than 12 characters";

  @TempDir private Path directory;

  private NectarServer start(String token) {
    return NectarServer.start(
        directory,
        "http://localhost:9",
        Map.of("ADMIN_TOKEN", token, "TRUSTED_PROXIES", "127.0.0.0/8,::1"));
  }

  private static HttpResponse<byte[]> ask(NectarServer nectar, String client, String token)
      throws Exception {
    return nectar.get("/admin/entries", "X-Forwarded-For", client, "X-Admin-Token", token);
  }

  @Test
  void guesses_ofOneAddress_endAfterTen(CapturedOutput output) throws Exception {
    try (var nectar = start("twelve-chars")) {
      for (var i = 0; i < 12; i++) {
        var missing = nectar.get("/admin/entries", "X-Forwarded-For", "203.0.113.9");
        assertThat(missing.statusCode()).isEqualTo(401);
      }
      for (var i = 0; i < 10; i++) {
        assertThat(ask(nectar, "203.0.113.9", "guess" + i).statusCode()).isEqualTo(401);
      }

      var refused = ask(nectar, "203.0.113.9", "twelve-chars");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
      var deletion =
          nectar.send(
              "POST",
              "/cache/delete",
              "{}",
              "X-Forwarded-For",
              "203.0.113.9",
              "X-Admin-Token",
              "twelve-chars");
      assertThat(deletion.statusCode()).isEqualTo(429);
      assertThat(ask(nectar, "203.0.113.10", "twelve-chars").statusCode()).isEqualTo(200);
    }
    assertThat(output)
        .containsOnlyOnce("10 wrong admin tokens from 203.0.113.9")
        .doesNotContain(WARNING);
  }

  @Test
  void token_thatIsShort_isWarnedOfOnce(CapturedOutput output) {
    start("eleven-char").close();

    assertThat(output).containsOnlyOnce(WARNING).doesNotContain("eleven-char");
  }
}
