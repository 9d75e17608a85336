package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.target;
import static dev.nectar.server.NectarServer.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** What is seen of the server's work: metrics, traces, request ids. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class ObservedTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  private static final Pattern SERIES = Pattern.compile("(?m)^([a-z_]+)(?:\\{[^}]*})? ");
  private static final Pattern NOT_METRICS =
      Pattern.compile("\\{[^}]*}|\\[[^]]*]|\"[^\"]*\"|\\b(?:by|without)\\s*\\([^)]*\\)");
  private static final Pattern METRIC = Pattern.compile("\\b[a-z_]+\\b(?!\\s*\\()");

  private final Painter painter = Painter.start();
  private final Painter fallback = Painter.start();
  private final Painter llm = Painter.start();
  private final Painter collector = Painter.start();
  private final String first = painter.url() + "?tenant=one";
  private final String second = painter.url() + "?tenant=two";
  private final NectarServer nectar;
  private final String start;

  ObservedTest(@TempDir Path cache) throws Exception {
    llm.answers(
        WireMock.okJson(
            """
            {"choices": [{"finish_reason": "stop", "message":
                {"role": "assistant", "content": "<prompt>a better prompt</prompt>"}}]}\
            """));
    fallback.answers(WireMock.ok().withBody(SampleImages.png(200, 2)));
    collector.answers(WireMock.ok());
    nectar =
        NectarServer.start(
            cache,
            first + "," + second,
            Map.ofEntries(
                Map.entry("MANAGEMENT_PORT", "0"),
                Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url() + "/"),
                Map.entry("management.opentelemetry.tracing.export.schedule-delay", "50ms"),
                Map.entry("BACKEND_WEIGHTS", "{\"%s\": 0}".formatted(second)),
                Map.entry("BACKEND_BUDGETS", "{\"%s\": \"10/day\"}".formatted(first)),
                Map.entry("PRICES", "{\"%s\": {\"*\": 0.1}}".formatted(first)),
                Map.entry("MODELS", "flux"),
                Map.entry("LLM_OPTIMIZATION_ENABLED", "true"),
                Map.entry("LLM_OPTIMIZATION_API_URL", llm.url()),
                Map.entry("POLLINATIONS_ENABLED", "true"),
                Map.entry("POLLINATIONS_URL", fallback.url()),
                Map.entry("logging.level.dev.nectar.generation", "info")));
    start = metrics();
  }

  @BeforeEach
  void paint() {
    painter.paints(SampleImages.png(200, 1));
  }

  @AfterAll
  void stop() {
    nectar.close();
    Stream.of(painter, fallback, llm, collector).forEach(Painter::close);
  }

  private String metrics() throws IOException, InterruptedException {
    var answer = nectar.manage("/actuator/prometheus");
    assertThat(answer.statusCode()).isEqualTo(200);
    return text(answer);
  }

  private double value(String series) throws IOException, InterruptedException {
    return value(metrics(), series);
  }

  private static double value(String metrics, String series) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .map(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + series + " in\n" + metrics));
  }

  /** A series as it is served: quoted as a reader would not like to, and of the first back end. */
  private String series(String name) {
    return name.replace('\'', '"').replace("FIRST", painter.url());
  }

  @Test
  void series_ofWhatIsConfigured_areThereFromTheStart() {
    Stream.of(
            "nectar_requests_total{outcome='redirect',use='hit'}",
            "nectar_requests_total{outcome='limited',use='coalesced'}",
            "nectar_generation_seconds_count{outcome='image',source='backend'}",
            "nectar_generation_seconds_count{outcome='image',source='fallback'}",
            "nectar_generation_seconds_count{outcome='timeout',source='none'}",
            "nectar_generation_seconds_bucket{outcome='image',source='backend',le='30.0'}",
            "nectar_stage_seconds_count{stage='optimize'}",
            "nectar_stage_seconds_count{stage='backends'}",
            "nectar_stage_seconds_count{stage='rewrite'}",
            "nectar_stage_seconds_count{stage='fallback'}",
            "nectar_stage_seconds_count{stage='upload'}",
            "nectar_stage_seconds_bucket{stage='store',le='+Inf'}",
            "nectar_backend_attempts_total{backend='FIRST',outcome='painted'}",
            "nectar_backend_attempts_total{backend='FIRST#2',outcome='locked_out'}",
            "nectar_backend_attempts_total{backend='FIRST#2',outcome='unsupported'}",
            "nectar_backend_attempts_total{backend='fallback',outcome='busy'}",
            "nectar_backend_attempt_seconds_bucket{backend='FIRST',le='30.0'}",
            "nectar_backend_attempt_seconds_count{backend='fallback'}",
            "nectar_generating",
            "nectar_waiting",
            "nectar_cache_bytes",
            "nectar_cache_entries",
            "nectar_cache_evictions_total",
            "nectar_cost_total{backend='FIRST',model='other'}",
            "nectar_cost_total{backend='FIRST#2',model='flux'}",
            "nectar_cost_total{backend='fallback',model='flux'}",
            "nectar_saved_total")
        .forEach(name -> assertThat(value(start, series(name))).as(name).isZero());
    assertThat(value(start, series("nectar_backend_up{backend='FIRST'}"))).isEqualTo(1);
    assertThat(value(start, series("nectar_backend_up{backend='FIRST#2'}"))).isEqualTo(1);
    assertThat(value(start, series("nectar_budget_remaining{backend='FIRST'}"))).isEqualTo(10);
  }

  @Test
  void generation_isCountedTimedAndPricedOnce() throws Exception {
    var before = metrics();
    assertThat(nectar.image("counted").statusCode()).isEqualTo(200);
    assertThat(nectar.image("counted").statusCode()).isEqualTo(200);
    assertThat(nectar.get(target("counted by name") + "&model=flux").statusCode()).isEqualTo(200);
    assertThat(nectar.get(target("counted") + "&model=a-model-of-mine").statusCode())
        .isEqualTo(200);
    var after = metrics();

    Map.of(
            "nectar_requests_total{outcome='image',use='miss'}",
            3.0,
            "nectar_requests_total{outcome='image',use='hit'}",
            1.0,
            "nectar_generation_seconds_count{outcome='image',source='backend'}",
            3.0,
            "nectar_stage_seconds_count{stage='optimize'}",
            3.0,
            "nectar_stage_seconds_count{stage='backends'}",
            3.0,
            "nectar_stage_seconds_count{stage='store'}",
            3.0,
            "nectar_backend_attempts_total{backend='FIRST',outcome='painted'}",
            3.0,
            "nectar_backend_attempt_seconds_count{backend='FIRST'}",
            3.0,
            "nectar_cost_total{backend='FIRST',model='flux'}",
            0.1,
            "nectar_saved_total",
            0.1)
        .forEach((name, more) ->
            assertThat(value(after, series(name)) - value(before, series(name)))
                .as(name)
                .isCloseTo(more, within(1e-9)));
    assertThat(after).contains("model=\"other\"").doesNotContain("a-model-of-mine");
    assertThat(value(after, "nectar_cache_entries")).isGreaterThanOrEqualTo(3);
  }

  @Test
  void fallback_isCountedLikeABackEnd() throws Exception {
    painter.fails(400, "{\"error\": {\"code\": \"content_policy_violation\"}}");
    var painted = "nectar_backend_attempts_total{backend=\"fallback\",outcome=\"painted\"}";
    var before = value(painted);

    assertThat(header(nectar.image("refused"), "X-Image-Source")).isEqualTo("fallback");

    assertThat(value(painted)).isEqualTo(before + 1);
    assertThat(value("nectar_generation_seconds_count{outcome=\"image\",source=\"fallback\"}"))
        .isPositive();
    assertThat(value("nectar_stage_seconds_count{stage=\"fallback\"}")).isPositive();
  }

  @Test
  void metrics_areForOperatorsAlone() throws Exception {
    assertThat(nectar.get("/actuator/prometheus").statusCode()).isEqualTo(404);
    assertThat(metrics()).doesNotContain(NectarServer.KEY, "tenant=");
  }

  @Test
  void dashboard_asksForMetricsThatAreThere() throws Exception {
    var dashboard =
        JsonMapper.shared().readTree(Files.readString(Path.of("src/ops/grafana/nectar.json")));
    var queries =
        StreamSupport.stream(dashboard.get("panels").spliterator(), false)
            .flatMap(panel -> StreamSupport.stream(panel.get("targets").spliterator(), false))
            .map(query -> query.get("expr").asString())
            .toList();

    assertThat(queries).hasSizeGreaterThan(20);
    assertThat(names(queries)).isSubsetOf(served());
  }

  @Test
  void alerts_askForMetricsThatAreThere() throws Exception {
    Map<String, List<Map<String, List<Map<String, String>>>>> file =
        new Yaml().load(Files.readString(Path.of("src/ops/alerts.yaml")));
    var queries =
        file.getOrDefault("groups", List.of()).stream()
            .flatMap(group -> group.getOrDefault("rules", List.of()).stream())
            .map(rule -> rule.get("expr"))
            .toList();

    assertThat(queries).hasSize(8);
    var served = served();
    // Of Prometheus itself.
    served.add("up");
    assertThat(names(queries)).contains("nectar_backend_up").isSubsetOf(served);
  }

  private Set<String> served() {
    return SERIES.matcher(start).results().map(series -> series.group(1)).collect(toSet());
  }

  private static Set<String> names(List<String> queries) {
    return queries.stream()
        .map(query -> NOT_METRICS.matcher(query).replaceAll(""))
        .flatMap(query -> METRIC.matcher(query).results().map(MatchResult::group))
        .collect(toSet());
  }

  @Test
  void requestId_wellFormed_isKeptLoggedAndPassedOn(CapturedOutput output) throws Exception {
    llm.server().resetRequests();
    var answer = nectar.image("a known request", "X-Request-Id", "Mine_1.2-3");

    assertThat(header(answer, "X-Request-Id")).isEqualTo("Mine_1.2-3");
    assertThat(painter.calls().getFirst().getHeader("X-Request-Id")).isEqualTo("Mine_1.2-3");
    assertThat(llm.calls().getFirst().getHeader("X-Request-Id")).isEqualTo("Mine_1.2-3");
    assertThat(output).containsPattern("\\[Mine_1\\.2-3] generation Mine_1\\.2-3 [0-9a-f]{12}: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "a/b", "ümlaut", "a,b"})
  void requestId_malformed_isReplaced(String given) throws Exception {
    var answer =
        RawExchange.send(
            nectar.port(),
            "GET /status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: %s\r\n\r\n"
                .formatted(given));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("X-Request-Id")).matches("[0-9a-f]{24}");
  }

  @Test
  void requestId_isOf64CharactersAtMost() throws Exception {
    var longest = "x".repeat(64);

    assertThat(header(nectar.get("/status", "X-Request-Id", longest), "X-Request-Id"))
        .isEqualTo(longest);
    assertThat(header(nectar.get("/status", "X-Request-Id", longest + "x"), "X-Request-Id"))
        .isNotEqualTo(longest + "x");
  }

  @Test
  void trace_ofAClient_isContinuedAndPassedOn() throws Exception {
    llm.server().resetRequests();
    collector.server().resetRequests();
    var answer =
        nectar.image("a secret heron", "traceparent", "00-%s-%s-01".formatted(TRACE, PARENT));

    assertThat(answer.statusCode()).isEqualTo(200);
    for (var call : List.of(painter.calls().getFirst(), llm.calls().getFirst())) {
      assertThat(call.getHeader("traceparent"))
          .matches("00-" + TRACE + "-[0-9a-f]{16}-01")
          .doesNotContain(PARENT);
    }
    await()
        .untilAsserted(() ->
            assertThat(exported())
                .contains(
                    "generation", "optimize", "attempt", "store", bytes(TRACE), bytes(PARENT)));
    assertThat(exported()).doesNotContain("heron", NectarServer.KEY, "tenant", "a better prompt");
    assertThat(collector.calls())
        .allSatisfy(call -> assertThat(call.getUrl()).isEqualTo("/v1/traces"));
  }

  @Test
  void trace_ofAPictureThatIsOnlyNamed_hasItsDownload() throws Exception {
    collector.server().resetRequests();
    painter
        .server()
        .stubFor(
            WireMock.post(WireMock.anyUrl())
                .willReturn(
                    WireMock.okJson(
                        "{\"data\": [{\"url\": \"%s/picture.png\"}]}".formatted(painter.url()))));
    painter
        .server()
        .stubFor(
            WireMock.get("/picture.png")
                .willReturn(WireMock.ok().withBody(SampleImages.png(200, 3))));

    assertThat(nectar.image("named").statusCode()).isEqualTo(200);

    await().untilAsserted(() -> assertThat(exported()).contains("download"));
    assertThat(
            painter.calls().stream().filter(call -> call.getUrl().equals("/picture.png")).toList())
        .singleElement()
        .satisfies(call -> assertThat(call.containsHeader("traceparent")).isFalse());
  }

  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex), ISO_8859_1);
  }

  private String exported() {
    return collector.calls().stream()
        .map(call -> new String(call.getBody(), ISO_8859_1))
        .collect(joining());
  }
}
