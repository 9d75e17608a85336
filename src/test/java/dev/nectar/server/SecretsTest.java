package dev.nectar.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

/** No secret is in anything that comes out of the server, at any level, by any library. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class SecretsTest {

  private static final String FORGED =
      "a\r\nINFO forged\u2028INFO forged\u0085INFO forged\u001b[2J";
  private static final String REFUSAL =
      "{\"error\":{\"code\":\"content_policy_violation\",\"message\":\"no\"}}";

  /** Half of all lines, and the same at each start: one test looks at them. */
  private static final String BEANS = "logging.level.org.springframework.beans";

  @TempDir private Path directory;
  private final Painter mapped = Painter.start();
  private final Painter other = Painter.start();
  private final EchoingServer failing = EchoingServer.start(500);
  private final List<String> seen = new ArrayList<>();

  SecretsTest() throws IOException {}

  @AfterEach
  void stop() {
    mapped.close();
    other.close();
    failing.close();
  }

  @Test
  void generation_inEveryOutcome_tellsNoSecret(CapturedOutput output) throws Exception {
    try (var nectar = start(mapped.url(), other.url(), Map.of(BEANS, "trace"))) {
      mapped.paints(SampleImages.png(300, 1));
      other.paints(SampleImages.png(300, 1));
      for (var i = 0; mapped.calls().isEmpty() || other.calls().isEmpty(); i++) {
        assertThat(ask(nectar, FORGED + i)).isEqualTo(200);
      }
      mapped.fails(400, REFUSAL);
      other.fails(400, REFUSAL);
      assertThat(ask(nectar, "refused")).isEqualTo(502);
      lookAround(nectar);
    }
    assertNothingIsTold(output);
  }

  @ParameterizedTest
  // The last one is that of all other tests.
  @ValueSource(strings = {"json", "text"})
  void generation_failedByThoseWhoEcho_tellsNoSecret(String format, CapturedOutput output)
      throws Exception {
    try (var refusing = EchoingServer.start(400);
        var nectar =
            start(
                failing.url(),
                refusing.url(),
                Map.of("LOG_FORMAT", format, "logging.file.name", logFile().toString()))) {
      for (var i = 0; i < 4; i++) {
        assertThat(ask(nectar, FORGED + i)).isEqualTo(502);
      }
      assertThat(refusing.calls()).isPositive();
      lookAround(nectar);
    }
    assertThat(failing.calls()).isGreaterThan(2);
    if (format.equals("json")) {
      assertEachLineIsJson(Files.readAllLines(logFile()));
    }
    assertThat(logFile()).isNotEmptyFile();
    assertNothingIsTold(output);
  }

  private Path logFile() {
    return directory.resolve("nectar.log");
  }

  /** Its texts are looked at as they were before they were escaped. */
  private void assertEachLineIsJson(List<String> lines) {
    for (var line : lines) {
      var told = JsonMapper.shared().readTree(line);
      assertThat(told.propertyNames()).contains("@timestamp", "log", "message", "ecs");
      seen.add(told.get("message").asString());
      seen.add(told.at("/error/stack_trace").asString(""));
    }
  }

  /** With a host, entries go to a Redis that is not there. */
  static Stream<Arguments> hosts() {
    return Stream.of("smms", "picgo", "cloudflare_imgbed", "s3").map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void upload_failedByAHostThatEchoes_tellsNoSecret(String provider, CapturedOutput output)
      throws Exception {
    mapped.paints(SampleImages.png(300, 1));
    other.paints(SampleImages.png(300, 1));
    var hosting =
        Map.of(
            "IMAGE_HOSTING_ENABLED", "true",
            "IMAGE_HOSTING_PROVIDER", provider,
            "IMAGE_HOSTING_URL", failing.url() + "/upload",
            "S3_ENDPOINT", failing.url(),
            "S3_REGION", "eu",
            "S3_BUCKET", "pictures",
            "S3_PUBLIC_URL", "https://pictures.example.com");
    try (var nectar = start(mapped.url(), other.url(), hosting)) {
      var calls = failing.calls();
      assertThat(ask(nectar, FORGED)).isEqualTo(200);
      assertThat(failing.calls()).as("calls of the host and of the LLM").isGreaterThan(calls);
      lookAround(nectar);
    }
    assertNothingIsTold(output);
  }

  /** The LLM and the fallback fail and echo, always. */
  private NectarServer start(String first, String second, Map<String, String> more) {
    var settings = Canaries.settings(first, second, failing.url(), failing.url() + "/fallback");
    settings.put(BEANS, "info");
    settings.putAll(more);
    return NectarServer.start(directory, "", settings);
  }

  private int ask(NectarServer nectar, String prompt) throws Exception {
    var path = "/prompt/" + URLEncoder.encode(prompt, UTF_8).replace("+", "%20");
    var answer = nectar.get(path + "?key=" + URLEncoder.encode(Canaries.KEY, UTF_8));
    see(answer);
    return answer.statusCode();
  }

  /** Everything else that can be asked, rightly and wrongly. */
  private void lookAround(NectarServer nectar) throws Exception {
    see(nectar.get("/prompt/b?key=c%61nary%2fkey%2bsign&width=1"));
    see(nectar.get("/prompt/b?width=1", "Authorization", "Bearer " + Canaries.KEY));
    see(nectar.get("/prompt/b?key=wrong"));
    see(nectar.get("/image/b?width=1&token=" + URLEncoder.encode(Canaries.KEY, UTF_8)));
    see(nectar.send("POST", "/sign", "{\"prompt\":\"b\"}", "api-key", Canaries.KEY));
    var order = "{\"prompt\":\"b\",\"size\":\"1x1\"}";
    for (var key : List.of(Canaries.KEY, "wrong")) {
      see(
          nectar.send(
              "POST",
              "/v1/images/generations",
              order,
              "Content-Type",
              "application/json",
              "api-key",
              key));
    }
    see(
        nectar.send(
            "POST",
            "/cache/delete",
            "{\"description\":\"unknown\"}",
            "X-Admin-Token",
            Canaries.ADMIN_TOKEN));
    for (var target : List.of("/status", "/status/history", "/ui/config.json", "/models", "/")) {
      see(nectar.get(target));
    }
    see(nectar.get("/admin/entries", "X-Admin-Token", Canaries.ADMIN_TOKEN));
    see(nectar.get("/v1/models", "Authorization", "Bearer " + Canaries.KEY));
    see(
        nectar.get(
            "/prompt/b?width=64",
            "Accept",
            "text/event-stream",
            "Authorization",
            "Bearer " + Canaries.KEY));
    for (var endpoint : List.of("health", "info", "loggers", "metrics", "threaddump")) {
      see(nectar.manage("/actuator/" + endpoint));
    }
    for (var name : NectarServer.json(nectar.manage("/actuator/metrics")).get("names")) {
      see(nectar.manage("/actuator/metrics/" + name.asString()));
    }
  }

  private void see(HttpResponse<byte[]> answer) {
    seen.add(answer.headers().map() + new String(answer.body(), UTF_8));
  }

  private void assertNothingIsTold(CapturedOutput output) throws IOException {
    var told = output.getAll();
    assertThat(told).contains("TRACE", "DEBUG", "****", "generation ");
    assertThat(told.lines()).noneMatch(line -> line.startsWith("INFO forged"));
    assertThat(told).doesNotContain("\u001b", "\u2028", "\u0085");
    try (var files = Files.walk(directory)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        seen.add(Files.readString(file, ISO_8859_1));
      }
    }
    for (var canary : Canaries.forms()) {
      assertThat(told).doesNotContain(canary);
      assertThat(seen).noneMatch(text -> text.contains(canary));
    }
  }
}
