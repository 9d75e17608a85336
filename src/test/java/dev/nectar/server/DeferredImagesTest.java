package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever prefers not to wait comes again for the image. */
@Tag("slow")
class DeferredImagesTest extends PatientCase {

  private static final String[] ASYNC = {"Prefer", "respond-async"};

  private static final byte[] PNG = SampleImages.png(3_000, 1);

  DeferredImagesTest(@TempDir Path cache) throws IOException {
    super(cache, PNG, Map.of());
  }

  private static String location(HttpResponse<byte[]> answer) {
    var location = URI.create(header(answer, "Location"));
    return location.getRawPath() + "?" + location.getRawQuery();
  }

  private HttpResponse<byte[]> ended(String target, String... headers) {
    return await().until(() -> nectar.get(target, headers), answer -> answer.statusCode() != 202);
  }

  @Test
  void image_notThereYet_is202ThatTellsWhereItWillBe() throws Exception {
    var target = NectarServer.target("in a while");
    var misses = nectar.status().at("/cache/misses").asInt();

    var first = nectar.get(target, ASYNC);

    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(header(first, "Preference-Applied")).isEqualTo("respond-async");
    assertThat(header(first, "Retry-After")).matches("[1-9][0-9]?");
    assertThat(header(first, "Cache-Control")).isEqualTo("no-store");
    var body = json(first);
    assertThat(body.propertyNames()).containsExactly("id", "status", "url", "error");
    assertThat(body.get("status").asString()).isIn("queued", "generating");
    assertThat(body.get("error").isNull()).isTrue();
    assertThat(body.get("url").asString())
        .isEqualTo(header(first, "Location"))
        .startsWith("http://")
        .contains("/prompt/in%20a%20while?seed=42&sig=")
        .doesNotContain(NectarServer.KEY);
    await().until(() -> backend.calls() == 1);
    var again = nectar.get(target, ASYNC);
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(json(again).get("id")).isEqualTo(body.get("id"));
    assertThat(json(again).get("status").asString()).isEqualTo("generating");

    backend.release(1);

    assertThat(ended(target, ASYNC).body()).isEqualTo(PNG);
    assertThat(nectar.get(location(first)).body()).isEqualTo(PNG);
    assertThat(backend.calls()).isEqualTo(1);
    assertThat(nectar.status().at("/cache/misses").asInt()).isEqualTo(misses + 1);
  }

  @Test
  void location_asked_isTheImageOrThatVeryLinkAgain() throws Exception {
    var first =
        nectar.send("POST", "/prompt?key=" + NectarServer.KEY, "{\"prompt\":\"posted\"}", ASYNC);
    assertThat(first.statusCode()).isEqualTo(202);

    var followed = nectar.get(location(first), ASYNC);
    assertThat(followed.statusCode()).isEqualTo(202);
    assertThat(header(followed, "Location")).isEqualTo(header(first, "Location"));
    backend.release(1);

    var image = ended(location(first));
    assertThat(image.body()).isEqualTo(PNG);
    assertThat(header(image, "Cache-Control")).startsWith("public");
    assertThat(backend.calls()).isEqualTo(1);
  }

  @Test
  void image_thereInTime_isAnsweredAtOnce() throws Exception {
    backend.release(1);

    var waited = nectar.get(NectarServer.target("soon"), "Prefer", "respond-async, wait=50");
    var known = nectar.get(NectarServer.target("soon"), ASYNC);

    assertThat(waited.body()).isEqualTo(PNG);
    assertThat(header(waited, "X-Cache")).isEqualTo("MISS");
    assertThat(known.body()).isEqualTo(PNG);
    assertThat(header(known, "X-Cache")).isEqualTo("HIT");
  }

  @Test
  void wait_thatRanOut_isToldAsApplied() throws Exception {
    var answer = nectar.get(NectarServer.target("late"), "Prefer", "respond-async, wait=1");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(header(answer, "Preference-Applied")).isEqualTo("respond-async, wait=1");
  }

  @Test
  void failure_isToldWithItsOwnStatusWithoutAnotherAttempt() throws Exception {
    backend.answersWith(500);
    var target = NectarServer.target("unlucky");
    var first = nectar.get(target, ASYNC);
    assertThat(first.statusCode()).isEqualTo(202);
    backend.release(1_000);

    var failed = ended(target, ASYNC);

    assertThat(failed.statusCode()).isEqualTo(502);
    assertThat(json(failed).get("detail").asString()).contains("back ends");
    var calls = backend.calls();
    assertThat(nectar.get(target, ASYNC).statusCode()).isEqualTo(502);
    assertThat(nectar.get(location(first)).statusCode()).isEqualTo(502);
    assertThat(backend.calls()).isEqualTo(calls);
    backend.answersWith(200);
    assertThat(nectar.get(target).statusCode()).isEqualTo(200);
    assertThat(nectar.get(location(first)).statusCode()).isEqualTo(200);
    assertThat(nectar.get(target, ASYNC).statusCode()).isEqualTo(200);
  }

  @Test
  void refusals_areToldAtOnce() throws Exception {
    assertThat(nectar.get("/prompt/a", ASYNC).statusCode()).isEqualTo(401);
    assertThat(nectar.get(NectarServer.target("a") + "&width=1", ASYNC).statusCode())
        .isEqualTo(400);
    assertThat(backend.calls()).isZero();
  }

  @Test
  void image_thatCouldNotBeKept_waitsForItsClient(@TempDir Path directory) throws Exception {
    var inTheWay = Files.writeString(directory.resolve("file"), "in the way");
    try (var poor = NectarServer.start(inTheWay, backend.url())) {
      var target = NectarServer.target("homeless");
      assertThat(poor.get(target, ASYNC).statusCode()).isEqualTo(202);
      backend.release(1);

      var image =
          await().until(() -> poor.get(target, ASYNC), answer -> answer.statusCode() != 202);

      assertThat(image.body()).isEqualTo(PNG);
      assertThat(backend.calls()).isEqualTo(1);
    }
  }

  @Test
  void rateLimit_isHeard(@TempDir Path directory) throws Exception {
    try (var limited = NectarServer.start(directory, backend.url(), Map.of("RATE_LIMIT", "1/h"))) {
      assertThat(limited.get(NectarServer.target("first"), ASYNC).statusCode()).isEqualTo(202);
      var refused = limited.get(NectarServer.target("second"), ASYNC);

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(header(refused, "Retry-After")).isNotEmpty();
      backend.release(1);
    }
  }
}
