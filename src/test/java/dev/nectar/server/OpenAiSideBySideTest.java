package dev.nectar.server;

import static dev.nectar.server.NectarServer.json;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several images of one order, while other things happen to them. */
@Tag("slow")
class OpenAiSideBySideTest {

  private final byte[] png = SampleImages.png(5_000, 1);
  private final PatientBackend backend = PatientBackend.start(png);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final NectarServer nectar;

  OpenAiSideBySideTest(@TempDir Path cache) throws IOException {
    nectar =
        NectarServer.start(
            cache,
            backend.url(),
            Map.of("URL_SIGNING_KEYS", "a-signing-key-of-24-chars", "OPENAI_SEED", "42"));
  }

  @AfterEach
  void stop() {
    nectar.close();
    threads.close();
    backend.close();
  }

  private CompletableFuture<HttpResponse<byte[]>> order(String body) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return nectar.order(body);
          } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
          }
        },
        threads);
  }

  @Test
  void images_ofOneOrder_arePaintedAtTheSameTime() throws Exception {
    var answer = order("{\"prompt\":\"an apple\",\"n\":10}");
    await().until(() -> backend.calls() == 10);
    backend.release(10);

    assertThat(json(answer.get(30, SECONDS)).get("data")).hasSize(10);
  }

  @Test
  void image_deletedWhileAnotherIsPainted_isInTheAnswerAllTheSame() throws Exception {
    backend.release(1);
    assertThat(nectar.image("an apple").statusCode()).isEqualTo(200);
    var answer = order("{\"prompt\":\"an apple\",\"n\":2,\"seed\":42}");
    await().until(() -> backend.calls() == 2);

    assertThat(nectar.delete("{\"prompt\":\"an apple\"}").statusCode()).isEqualTo(200);
    backend.release(1);

    var data = json(answer.get(30, SECONDS)).get("data");
    assertThat(data).hasSize(2);
    for (var picture : data) {
      assertThat(Base64.getDecoder().decode(picture.get("b64_json").asString())).isEqualTo(png);
    }
  }

  @Test
  void image_thatNoLinkWouldFind_comesItself() throws Exception {
    var answer = order("{\"prompt\":\"an apple\",\"response_format\":\"url\"}");
    await().until(() -> backend.calls() == 1);
    assertThat(nectar.delete("{\"prompt\":\"an apple\"}").statusCode()).isEqualTo(200);
    backend.release(1);

    var picture = json(answer.get(30, SECONDS)).at("/data/0");
    assertThat(picture.has("url")).isFalse();
    assertThat(Base64.getDecoder().decode(picture.get("b64_json").asString())).isEqualTo(png);
  }
}
