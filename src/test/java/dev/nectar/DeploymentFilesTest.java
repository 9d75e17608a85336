package dev.nectar;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.generation.GenerationSettings;
import dev.nectar.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.DurationStyle;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is shipped to run the server with agrees with the server. */
class DeploymentFilesTest {

  private static final Path DEPLOY = Path.of("docs/deploy");

  /** For answers, and for the ledger. */
  private static final Duration AFTER_THE_DRAIN = Duration.ofSeconds(25);

  private static final Duration NEEDED = shutdownTimeout().plus(AFTER_THE_DRAIN);

  private static Duration shutdownTimeout() {
    return Arrays.stream(GenerationSettings.class.getRecordComponents())
        .map(component -> component.getAnnotation(Setting.class))
        .filter(setting -> setting.value().equals("SHUTDOWN_TIMEOUT"))
        .map(setting -> DurationStyle.SIMPLE.parse(setting.fallback()))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> yaml(Path file) throws IOException {
    return StreamSupport.stream(new Yaml().loadAll(Files.readString(file)).spliterator(), false)
        .map(document -> JsonMapper.shared().<JsonNode>valueToTree(document))
        .toList();
  }

  private static JsonNode kubernetes(String kind) throws IOException {
    return yaml(DEPLOY.resolve("kubernetes.yaml")).stream()
        .filter(document -> document.get("kind").asString().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> settings() {
    return new NectarSettings().settings().map(Setting::value).collect(toSet());
  }

  @Test
  void kubernetes_waitsForTheDrain() throws IOException {
    var pod = kubernetes("Deployment").at("/spec/template/spec");
    var before = pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asLong();

    assertThat(Duration.ofSeconds(pod.get("terminationGracePeriodSeconds").asLong() - before))
        .isGreaterThanOrEqualTo(NEEDED);
  }

  @Test
  void kubernetes_namesSettingsAndProbesThatThereAre() throws IOException {
    var container = kubernetes("Deployment").at("/spec/template/spec/containers/0");

    assertThat(kubernetes("Secret").get("stringData").propertyNames())
        .isNotEmpty()
        .allMatch(settings()::contains);
    assertThat(container.get("env").valueStream().map(entry -> entry.get("name").asString()))
        .isNotEmpty()
        .allMatch(settings()::contains);
    assertThat(container.at("/readinessProbe/httpGet/path").asString())
        .isEqualTo("/actuator/health/readiness");
    assertThat(container.at("/livenessProbe/httpGet/path").asString())
        .isEqualTo("/actuator/health/liveness");
    assertThat(container.at("/resources/limits/memory").asString()).isNotEmpty();
  }

  @Test
  void compose_waitsForTheDrain() throws IOException {
    var grace = yaml(Path.of("compose.yaml")).getFirst().at("/x-nectar/stop_grace_period");

    assertThat(DurationStyle.SIMPLE.parse(grace.asString())).isGreaterThanOrEqualTo(NEEDED);
  }

  @Test
  void systemd_waitsForTheDrain_andTakesTheJvmsEndForASuccess() throws IOException {
    var unit = Files.readString(DEPLOY.resolve("nectar.service"));
    var wait = Pattern.compile("(?m)^TimeoutStopSec=(\\d+)$").matcher(unit);

    assertThat(wait.find()).isTrue();
    assertThat(Duration.ofSeconds(Long.parseLong(Objects.requireNonNull(wait.group(1)))))
        .isGreaterThanOrEqualTo(NEEDED);
    assertThat(unit).containsPattern("(?m)^SuccessExitStatus=143$");
  }
}
