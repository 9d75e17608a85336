package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of OpenAI's API who prefer not to wait come again for their order. */
@Tag("slow")
class DeferredOrdersTest extends PatientCase {

  private static final byte[] PNG = SampleImages.png(3_000, 1);

  DeferredOrdersTest(@TempDir Path cache) throws IOException {
    super(cache, PNG, Map.of());
  }

  private HttpResponse<byte[]> order(String body, String prefer) throws Exception {
    return nectar.send(
        "POST",
        "/v1/images/generations",
        body,
        "Content-Type",
        "application/json",
        "x-api-key",
        NectarServer.KEY,
        "Prefer",
        prefer);
  }

  private HttpResponse<byte[]> ask(String place) throws Exception {
    return nectar.get(place, "x-api-key", NectarServer.KEY);
  }

  private HttpResponse<byte[]> ended(String place) {
    return await().until(() -> ask(place), answer -> answer.statusCode() != 202);
  }

  @Test
  void order_notThereYet_is202AndItsImagesLater() throws Exception {
    var first = order("{\"prompt\":\"two pears\",\"n\":2}", "respond-async");

    assertThat(first.statusCode()).isEqualTo(202);
    var id = json(first).get("id").asString();
    var place = "/v1/images/generations/" + id;
    assertThat(header(first, "Location")).isEqualTo(place);
    assertThat(header(first, "Preference-Applied")).isEqualTo("respond-async");
    assertThat(header(first, "Retry-After")).isNotEmpty();
    assertThat(json(first).get("url").asString()).isEqualTo(place);
    assertThat(json(first).get("status").asString()).isIn("queued", "generating");
    backend.release(1);
    await().until(() -> backend.calls() == 2);
    assertThat(ask(place).statusCode()).isEqualTo(202);
    backend.release(1);

    var answer = ended(place);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("data")).hasSize(2);
    assertThat(Base64.getDecoder().decode(json(answer).at("/data/1/b64_json").asString()))
        .isEqualTo(PNG);
    assertThat(json(ask(place)).get("data")).hasSize(2);
    assertThat(backend.calls()).isEqualTo(2);
  }

  @Test
  void order_thereInTime_isAnsweredAtOnce() throws Exception {
    backend.release(1);

    var answer = order("{\"prompt\":\"a pear\"}", "respond-async, wait=50");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("data")).hasSize(1);
  }

  @Test
  void failure_isOpenAisErrorWithItsOwnStatus() throws Exception {
    backend.answersWith(500);
    var place = header(order("{\"prompt\":\"unlucky\"}", "respond-async"), "Location");
    backend.release(1_000);

    var failed = ended(place);

    assertThat(failed.statusCode()).isEqualTo(502);
    assertThat(json(failed).at("/error/message").asString()).contains("back ends");
    var calls = backend.calls();
    assertThat(ask(place).statusCode()).isEqualTo(502);
    assertThat(backend.calls()).isEqualTo(calls);
  }

  @Test
  void place_withoutTheKeyOrUnknown_tellsNothing() throws Exception {
    var place = header(order("{\"prompt\":\"a plum\"}", "respond-async"), "Location");

    assertThat(nectar.get(place).statusCode()).isEqualTo(401);
    var unknown = ask("/v1/images/generations/unknown");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(json(unknown).at("/error/message").asString()).isNotEmpty();
  }
}
