package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A server that is set up wrongly says so and ends. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class StartFaultsTest {

  @TempDir private Path directory;

  @Test
  void settings_wrong_endTheProcessWithEveryFaultAndNoSecret() throws Exception {
    Files.writeString(
        directory.resolve(".env"),
        """
        PORT=8081x
        BACKEND_TIMEOUT=soon
        TOKEN_MAP='{"https://a": hidden-token}'
        ADMIN_TOKEN=hidden-admin
        MANAGEMENT_PORT=8080
        MANAGEMENT_ADDRESS=everywhere
        ADDRESS=anywhere
        SHUTDOWN_TIMEOUT=1 minute
        LOG_FORMAT=xml
        RATE_LIMIT=30
        TRUSTED_PROXIES=10.0.0.0/8,proxy
        ALLOWED_REFERERS=https://example.com
        CACHE_MAX_SIZE="10GB"
        not an assignment with hidden-words
        """);

    var run =
        run(
            Map.of(
                "BACKEND_API_URLS", "https://user:hidden-pass@a, ftp://b",
                "BACKEND_WEIGHTS", "{\"https://unknown\": 1}",
                "CACHE_MAX_SIZE", "many",
                "IMAGE_HOSTING_ENABLED", "true"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output())
        .contains(
            "PORT: '8081x' is not",
            "BACKEND_TIMEOUT: 'soon' is not",
            "TOKEN_MAP: Its value is not",
            "MANAGEMENT_PORT: It is the port for clients",
            "MANAGEMENT_ADDRESS: Its value is not an address of this machine",
            "  ADDRESS: Its value is not an address of this machine",
            "SHUTDOWN_TIMEOUT: '1 minute' is not a duration",
            "LOG_FORMAT: 'xml' is not one of text, json",
            "RATE_LIMIT: '30' is not a rate",
            "TRUSTED_PROXIES: An entry is neither",
            "ALLOWED_REFERERS: An entry is no host",
            "PROXY_ACCESS_KEY: It is required and not set.",
            "BACKEND_API_URLS: Entry 2",
            "BACKEND_WEIGHTS: It names a back end",
            "CACHE_MAX_SIZE: 'many' is not",
            "IMAGE_HOSTING_PROVIDER: It is required",
            ".env line 14")
        .doesNotContain("hidden", "Exception", "\tat ");
  }

  @Test
  void settings_thatNameNothing_areToldWithWhatMayBeMeant() throws Exception {
    Files.writeString(
        directory.resolve(".env"),
        """
        BACKEND_API_URLS=" , ,"
        PROXY_ACCESS_KEY=change-me
        BACKEND_WEIGHT='{"https://hidden": 2}'
        COMPOSE_PROJECT_NAME=nectar
        COLOUR=hidden
        """);

    var run = run(Map.of("RATELIMIT", "hidden", "COLOUR_OF_OTHERS", "hidden"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output())
        .contains(
            "BACKEND_API_URLS: It is required and lists nothing.",
            "PROXY_ACCESS_KEY is the one of the example",
            "In .env, 'BACKEND_WEIGHT' sets nothing of this server. Is BACKEND_WEIGHTS meant?",
            "In .env, 'COLOUR' sets nothing of this server.",
            "In the environment, 'RATELIMIT' sets nothing of this server. Is RATE_LIMIT meant?")
        .doesNotContain("hidden", "COMPOSE_PROJECT_NAME", "COLOUR_OF_OTHERS", "Exception", "\tat ");
  }

  @Test
  void keyValueFile_thatWillNeverDo_endsTheStartWithItsName(CapturedOutput output)
      throws Exception {
    var file = Files.writeString(directory.resolve("notes.txt"), "no database, whatever its name");

    var told =
        told(
            output,
            Map.of(
                "IMAGE_HOSTING_ENABLED", "true",
                "IMAGE_HOSTING_PROVIDER", "cloudflare_imgbed",
                "IMAGE_HOSTING_URL", "https://b",
                "KV_FILE", file.toString()));

    assertThat(told)
        .contains("KV_FILE: '" + file + "': It is no SQLite database.", "Set it to a file")
        .doesNotContain("Exception", "\tat ");
  }

  @Test
  void http2_askedFor_endsTheStartWithWhatToDo(CapturedOutput output) throws Exception {
    assertThat(told(output, Map.of("server.http2.enabled", "true")))
        .contains("SERVER_HTTP2_ENABLED: This server speaks HTTP/1.1 alone.", "Remove it")
        .doesNotContain("Exception", "\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PORT", "MANAGEMENT_PORT"})
  void port_inUse_isToldWithItsSetting(String setting, CapturedOutput output) throws Exception {
    try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = Integer.toString(busy.getLocalPort());

      assertThat(told(output, Map.of("ADDRESS", "127.0.0.1", setting, port)))
          .containsPattern("\\s" + setting + ": Port " + port + " is in use\\.")
          .contains("Set " + setting + " to")
          .doesNotContain("Exception", "\tat ");
    }
  }

  /**
   * What is told of settings that end the start; what it throws ends a process with exit code 1.
   */
  private String told(CapturedOutput output, Map<String, String> settings) {
    var before = output.getAll().length();
    assertThatThrownBy(() -> NectarServer.start(directory, "https://a", settings).close())
        .isInstanceOf(Exception.class);
    return output.getAll().substring(before);
  }

  private record Run(int exitCode, String output) {}

  private Run run(Map<String, String> environment) throws IOException, InterruptedException {
    var process = NectarProcess.builder(directory, environment).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Run(process.exitValue(), Files.readString(directory.resolve("output")));
    } finally {
      process.destroyForcibly();
    }
  }
}
