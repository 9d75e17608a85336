package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.target;
import static dev.nectar.server.NectarServer.text;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** Metrics, and that the dashboard and the alerts ask for none that are not there. */
class ServedMetricsTest extends ObservedCase {

  private static final Pattern SERIES = Pattern.compile("(?m)^([a-z_]+)(?:\\{[^}]*})? ");
  private static final Pattern NOT_METRICS =
      Pattern.compile("\\{[^}]*}|\\[[^]]*]|\"[^\"]*\"|\\b(?:by|without)\\s*\\([^)]*\\)");
  private static final Pattern METRIC = Pattern.compile("\\b[a-z_]+\\b(?!\\s*\\()");

  private final String start;

  ServedMetricsTest(@TempDir Path cache) throws Exception {
    super(cache);
    start = metrics();
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
}
