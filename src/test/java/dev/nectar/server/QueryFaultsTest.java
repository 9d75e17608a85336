package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

/** Queries that can't be decoded, at every endpoint. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryFaultsTest {

  private static final String KEY = "?key=" + NectarServer.KEY;

  private final Painter painter = Painter.start();
  private final NectarServer nectar;

  QueryFaultsTest(@TempDir Path cache) {
    // Whatever the server is to tell of its requests.
    nectar =
        NectarServer.start(
            cache, painter.url(), Map.of("logging.level.org.springframework.web", "debug"));
  }

  @BeforeAll
  void paint() {
    painter.paints(SampleImages.png(200, 1));
  }

  @AfterAll
  void stop() {
    nectar.close();
    painter.close();
  }

  /** Each at every endpoint, whether or not that reads its query, as {@code key} and as another. */
  static final List<String> MALFORMED_QUERIES =
      List.of(
          "%ZZ",
          "%FF=%",
          "by=%ZZ&q=%ZZ&limit=%ZZ&image=%ZZ&prompt=%ZZ",
          "from=%&to=%4&after=%FF&format=%FF",
          "limit=%FF&width=%FF&seed=%C0%AF&mask=%",
          "key=%ZZ&token=%FF&sig=%FF&exp=%",
          "a&".repeat(3_000));

  @ParameterizedTest
  @ValueSource(strings = {"", "X-Admin-Token: an-admin-token\r\nx-api-key: an-access-key\r\n"})
  void query_malformed_isNoFaultOfTheServer(String tokens, CapturedOutput output) throws Exception {
    var elsewhere = Stream.of("/", "/error", "/nothing", "/actuator/health", "/ui/app.js");
    var paths =
        Stream.concat(
                elsewhere, nectar.operations().map(each -> each.substring(each.indexOf(' ') + 1)))
            .map(path -> path.replaceAll("[{][^}]*[}]", "a"))
            .distinct()
            .toList();
    assertThat(paths).contains("/admin/spend", "/v1/images/edits", "/sdapi/v1/txt2img");
    var faults = new ArrayList<String>();
    for (var path : paths) {
      for (var query : MALFORMED_QUERIES) {
        for (var method : new String[] {"GET", "POST"}) {
          var line = "%s %s?%s HTTP/1.1\r\nHost: localhost\r\n".formatted(method, path, query);
          var type = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 4\r\n";
          var answer =
              RawExchange.send(
                  nectar.port(), line + tokens + type + "Connection: close\r\n\r\na=%Z");
          if (answer.status() >= 500) {
            faults.add(answer.status() + " " + line);
          }
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(output.getAll()).doesNotContain(" ERROR ", " WARN ", "\tat ");
  }

  @Test
  void query_malformedWhereNobodyReadsIt_doesNoHarm() throws Exception {
    assertThat(RawExchange.get(nectar.port(), "/status?%ZZ").status()).isEqualTo(200);
    assertThat(RawExchange.get(nectar.port(), "/prompt/a" + KEY + "&x=%ZZ").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/admin/spend?by=%ZZ,by",
    "/admin/spend?by=%FF,by",
    "/admin/spend?from=%,from",
    "/admin/entries?q=%ZZ,q",
    "/admin/entries?limit=%FF,limit"
  })
  void adminQuery_malformed_is400ThatNamesTheParameterToWhoeverHasTheToken(
      String target, String parameter) throws Exception {
    assertProblem(send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n"), 401);

    var answer =
        send(
            "GET "
                + target
                + " HTTP/1.1\r\nHost: localhost\r\nX-Admin-Token: "
                + NectarServer.ADMIN_TOKEN
                + "\r\n");

    assertProblem(answer, 400);
    assertThat(JsonMapper.shared().readTree(answer.body()).get("detail").asString())
        .isEqualTo("The parameter '%s' is not percent-encoded UTF-8.".formatted(parameter));
  }

  @Test
  void healthQuery_malformed_isProblem400() throws Exception {
    assertProblem(RawExchange.get(nectar.port(), "/actuator/health?%ZZ"), 400);
    assertProblem(RawExchange.get(nectar.port(), "/actuator/health/readiness?a=%FF"), 400);
  }

  private RawExchange send(String head) throws Exception {
    return RawExchange.send(nectar.port(), head + "Connection: close\r\n\r\n");
  }

  private static void assertProblem(RawExchange answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("X-Request-Id")).isNotEmpty();
    var problem = JsonMapper.shared().readTree(answer.body());
    assertThat(problem.get("title").asString()).isNotBlank();
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("detail").asString()).isNotBlank();
    assertThat(problem.get("requestId").asString()).isEqualTo(answer.header("X-Request-Id"));
  }
}
