package dev.nectar.server;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** How several back ends share the work, and what is remembered of their refusals. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class BackendsInPlayTest {

  private static final String REFUSAL =
      "{\"error\":{\"code\":\"content_policy_violation\",\"message\":\"no\"}}";

  @TempDir private Path cache;
  @TempDir private static Path shared;
  private @Nullable NectarServer ofThree;
  private final byte[] png = SampleImages.png(300, 1);
  private final Painter first = Painter.start();
  private final Painter second = Painter.start();
  private final Painter third = Painter.start();

  @AfterAll
  void stop() {
    if (ofThree != null) {
      ofThree.close();
    }
    first.close();
    second.close();
    third.close();
  }

  @Test
  void settings_perBackend_reachTheRightOne() throws Exception {
    paintAll();
    var settings =
        Map.of(
            "TOKEN_MAP",
            "{\"" + first.url() + "/v1/\": \"own-token\"}",
            "AUTH_TOKEN",
            "common-token",
            "MODEL_MAP",
            "{\"" + first.url() + "/v1/\": {\"m\": \"mapped\"}}",
            "DEFAULT_MODEL",
            "m");
    var backends = first.url() + "/v1/, " + second.url();
    try (var nectar = NectarServer.start(cache, backends, settings)) {
      for (var i = 0; first.calls().isEmpty() || second.calls().isEmpty(); i++) {
        assertThat(nectar.image("prompt " + i).statusCode()).isEqualTo(200);
      }
    }
    assertThat(first.calls().getFirst().getHeader("Authorization")).isEqualTo("Bearer own-token");
    assertThat(first.lastBody().get("model").asString()).isEqualTo("mapped");
    assertThat(second.calls().getFirst().getHeader("Authorization"))
        .isEqualTo("Bearer common-token");
    assertThat(second.lastBody().get("model").asString()).isEqualTo("m");
  }

  @Test
  void backend_failing_leavesTheImageToTheNext() throws Exception {
    var failing = new ArrayList<Painter>();
    for (var status : List.of(401, 404, 429, 500)) {
      failing.add(Painter.start());
      failing.getLast().fails(status, "");
    }
    second.paints(png);
    var backends = failing.stream().map(Painter::url).collect(joining(",")) + "," + second.url();
    var settings = Map.of("BACKEND_WEIGHTS", "{\"" + second.url() + "\": 0}");
    try (var nectar = NectarServer.start(cache, backends, settings)) {
      assertThat(nectar.image("a prompt").body()).isEqualTo(png);
      assertThat(failing).allSatisfy(each -> assertThat(each.calls()).hasSize(1));
    } finally {
      failing.forEach(Painter::close);
    }
  }

  private NectarServer three() {
    if (ofThree == null) {
      ofThree = NectarServer.start(shared, all());
    }
    return ofThree;
  }

  @Test
  void refusal_certain_isRememberedAfterEnoughBackends() throws Exception {
    refuseAll(400, REFUSAL);
    var answer = three().image("refused");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(calls()).isEqualTo(2);

    var again = three().image("refused");
    assertThat(again.statusCode()).isEqualTo(502);
    assertThat(NectarServer.json(again).get("detail").asString()).contains("refused");
    assertThat(calls()).isEqualTo(2);
  }

  @Test
  void refusals_allowedOnce_askOneBackend() throws Exception {
    refuseAll(400, REFUSAL);
    try (var nectar = NectarServer.start(cache, all(), Map.of("BLOCKED_RETRY_ATTEMPTS", "1"))) {
      assertThat(nectar.image("refused").statusCode()).isEqualTo(502);
      assertThat(calls()).isEqualTo(1);
    }
  }

  @Test
  void badRequest_withoutAHint_isAskedOfAllAndNotRemembered() throws Exception {
    refuseAll(400, "");
    assertThat(three().image("odd").statusCode()).isEqualTo(502);
    assertThat(calls()).isEqualTo(3);
    paintAll();
    assertThat(three().image("odd").statusCode()).isEqualTo(200);
  }

  @Test
  void refusal_byOneOfTwo_isOverruledByAnImage() throws Exception {
    first.fails(400, REFUSAL);
    second.paints(png);
    third.fails(500, "");
    assertThat(three().image("a matter of taste").body()).isEqualTo(png);
  }

  @Test
  void attempt_overItsTime_isFailedAndTheNextOneAsked() throws Exception {
    second.paints(png);
    var settings =
        Map.of("BACKEND_WEIGHTS", "{\"" + second.url() + "\": 0}", "BACKEND_TIMEOUT", "3s");
    try (var silent = PatientBackend.start(png);
        var nectar = NectarServer.start(cache, silent.url() + "," + second.url(), settings)) {
      assertThat(nectar.image("slow").body()).isEqualTo(png);
      assertThat(silent.calls()).isEqualTo(1);
    }
  }

  @Test
  void image_thatIsTooLarge_isNotTaken() throws Exception {
    first.paints(SampleImages.png(1_025, 1));
    try (var nectar = NectarServer.start(cache, first.url(), Map.of("MAX_IMAGE_SIZE", "1KB"))) {
      assertThat(nectar.image("too large").statusCode()).isEqualTo(502);
    }
  }

  private String all() {
    return String.join(",", first.url(), second.url(), third.url());
  }

  private int calls() {
    return Stream.of(first, second, third).mapToInt(painter -> painter.calls().size()).sum();
  }

  private void paintAll() {
    Stream.of(first, second, third).forEach(painter -> painter.paints(png));
  }

  private void refuseAll(int status, String body) {
    Stream.of(first, second, third).forEach(painter -> painter.fails(status, body));
  }
}
