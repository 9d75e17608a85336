package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's API, whatever base URL a client was given. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiPathsTest {

  private static final String[] HEADERS = {
    "Content-Type", "application/json", "Authorization", "Bearer " + NectarServer.KEY
  };

  private final Painter painter = Painter.start();
  private final NectarServer nectar;

  OpenAiPathsTest(@TempDir Path cache) {
    nectar = NectarServer.start(cache, painter.url(), Map.of("MODELS", "flux,black/flux"));
  }

  @BeforeEach
  void paint() {
    painter.paints(SampleImages.png(5_000, 1));
  }

  @AfterAll
  void stop() {
    nectar.close();
    painter.close();
  }

  private HttpResponse<byte[]> post(String path, String body) throws Exception {
    return nectar.send("POST", path, body, HEADERS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/images/generations",
        "/openai/v1/images/generations",
        "/openai/images/generations",
        "/v1/v1/images/generations",
        "//v1//images/generations/",
        "/v1/images/generations?api-version=1"
      })
  void images_underAnyBase_areMade(String path) throws Exception {
    var answer = post(path, "{\"prompt\":\"%s\"}".formatted(path));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).at("/data/0/b64_json").asString()).isNotEmpty();
    assertThat(painter.lastPrompt()).isEqualTo(path);
  }

  @Test
  void deployment_inThePath_isTheModel() throws Exception {
    var path =
        "/openai/deployments/my%20flux%2F1/images/generations?api-version=2025-04-01-preview";

    var answer = post(path, "{\"prompt\":\"an apple\",\"model\":\"another\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(painter.lastBody().get("model").asString()).isEqualTo("my flux/1");
  }

  @Test
  void deployment_malformed_isRefused() throws Exception {
    assertThat(post("/openai/deployments/a%25FF/images/generations", "{\"prompt\":\"a\"}"))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(200);
    var raw =
        RawExchange.send(
            nectar.port(),
            "GET /v1/models/%FF?key="
                + NectarServer.KEY
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(raw.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/models", "/openai/models", "/models", "/v1/models/", "/openai/v1/models"})
  void models_askedWithAKey_areOpenAis(String path) throws Exception {
    var list = json(nectar.get(path, "x-api-key", NectarServer.KEY));

    assertThat(list.get("object").asString()).isEqualTo("list");
    assertThat(list.at("/data/1/id").asString()).isEqualTo("black/flux");
  }

  @Test
  void models_askedWithAWrongKey_areRefusedInOpenAisWords() throws Exception {
    var answer = nectar.get("/models", "Authorization", "Bearer wrong");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(json(answer).at("/error/code").asString()).isEqualTo("invalid_api_key");
  }

  @Test
  void models_askedWithoutAKey_areNames() throws Exception {
    assertThat(json(nectar.get("/models"))).hasToString("[\"flux\",\"black/flux\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/models/black%2Fflux", "/v1/models/black/flux", "/models/black%2Fflux"})
  void model_thatIsKnown_isDescribed(String path) throws Exception {
    var model = json(nectar.get(path, HEADERS));

    assertThat(model.propertyNames()).containsExactly("id", "object", "created", "owned_by");
    assertThat(model.get("id").asString()).isEqualTo("black/flux");
    assertThat(model.get("object").asString()).isEqualTo("model");
  }

  @Test
  void model_thatNobodyKnows_isNotFound() throws Exception {
    var answer = nectar.get("/v1/models/dall-e-7", HEADERS);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).at("/error/code").asString()).isEqualTo("model_not_found");
    assertThat(json(answer).at("/error/message").asString()).contains("dall-e-7");
  }

  @Test
  void model_withoutAKey_isRefused() throws Exception {
    assertThat(nectar.get("/v1/models/flux").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/embeddings",
        "/images/nothing",
        "/openai",
        "/openai/deployments/m/audio/speech",
        "/chat",
        "/v1/images/x%2Fy"
      })
  void nothing_belowTheApi_isAnErrorObject(String path) throws Exception {
    var answer = post(path, "{}");

    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(json(answer).at("/error/message").asString()).isNotBlank();
  }

  @Test
  void nothing_elsewhere_isAProblem() throws Exception {
    var answer = post("/nothing", "{}");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(json(answer).get("detail").asString()).isNotBlank();
  }

  @Test
  void prompt_behindSlashesTooMany_isTheSame() throws Exception {
    assertThat(nectar.get("//prompt/an%20apple?key=" + NectarServer.KEY).statusCode())
        .isEqualTo(200);
    assertThat(painter.lastPrompt()).isEqualTo("an apple");
  }
}
