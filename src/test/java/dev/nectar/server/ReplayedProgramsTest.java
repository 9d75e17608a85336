package dev.nectar.server;

import static dev.nectar.server.NectarServer.json;
import static dev.nectar.server.NectarServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What Open WebUI, LibreChat and SillyTavern send to OpenAI's API, read from their sources. */
class ReplayedProgramsTest extends ServerCase {

  ReplayedProgramsTest(@TempDir Path cache) {
    super(cache, Map.of("MODELS", "flux,sdxl"));
  }

  /** With {@code ENABLE_FORWARD_USER_INFO_HEADERS}. */
  private HttpResponse<byte[]> openWebUi(String target, String body)
      throws IOException, InterruptedException {
    return nectar.send(
        "POST",
        target,
        body,
        "Authorization",
        "Bearer " + NectarServer.KEY,
        "Content-Type",
        "application/json",
        "X-OpenWebUI-User-Name",
        "Jane%20Doe",
        "X-OpenWebUI-User-Email",
        "jane@example.com",
        "X-OpenWebUI-User-Role",
        "admin");
  }

  private void assertPictures(HttpResponse<byte[]> answer, int count) {
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    var data = json(answer).get("data");
    assertThat(data).hasSize(count);
    for (var image : data) {
      // It prefers a URL, and fetches it with the headers of its request.
      assertThat(image.has("url")).isFalse();
      assertThat(image.get("b64_json").asString()).isEqualTo(BASE64);
    }
    for (var call : painter.calls()) {
      assertThat(call.getHeaders().toString()).doesNotContainIgnoringCase("openwebui", "jane");
    }
  }

  @Test
  void openWebUi_paints() throws Exception {
    var answer =
        openWebUi(
            "/v1/images/generations",
            """
            {"model": "sdxl", "prompt": "a web", "n": 2, "size": "512x512",
             "response_format": "b64_json"}
            """);

    assertPictures(answer, 2);
    assertThat(painter.calls()).hasSize(2);
    assertThat(painter.lastBody().get("model").asString()).isEqualTo("sdxl");
    assertThat(painter.lastBody().get("size").asString()).isEqualTo("512x512");
  }

  /** Without a model in its settings. */
  @Test
  void openWebUi_withItsOwnModel_paints() throws Exception {
    var answer =
        openWebUi(
            "/v1/images/generations",
            """
            {"model": "dall-e-2", "prompt": "its own", "n": 1, "size": "512x512",
             "response_format": "b64_json"}
            """);

    assertPictures(answer, 1);
  }

  /** It asks for no Base64 of such a model, which has no links; "auto" leaves the size out. */
  @ParameterizedTest
  @CsvSource({
    "/v1/images/generations",
    "/v1/images/generations?api-version=2025-04-01-preview",
    "/openai/deployments/gpt-image-1//images/generations?api-version=2025-04-01-preview",
  })
  void openWebUi_withAModelOfOpenAi_hasBase64(String target) throws Exception {
    var answer = openWebUi(target, "{\"model\": \"gpt-image-1\", \"prompt\": \"b64\", \"n\": 1}");

    assertPictures(answer, 1);
    assertThat(painter.lastBody().get("model").asString()).isEqualTo("gpt-image-1");
    assertThat(painter.lastBody().has("size")).isFalse();
  }

  /** It shows {@code error.message}, whatever the status is. */
  @Test
  void openWebUi_isToldWhatFailed() throws Exception {
    painter.fails(500, "out of order");
    var answer =
        openWebUi(
            "/v1/images/generations", "{\"model\": \"flux\", \"prompt\": \"fails\", \"n\": 1}");

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(json(answer).at("/error/message").asString()).isNotEmpty();
  }

  private HttpResponse<byte[]> edit(String query, BodyPublisher form, String... key)
      throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var url = "http://localhost:%d/v1/images/edits%s".formatted(nectar.port(), query);
      return client.send(
          HttpRequest.newBuilder(URI.create(url))
              .version(HttpClient.Version.HTTP_1_1)
              .header("Content-Type", MultipartBody.TYPE)
              .headers(key)
              .POST(form)
              .build(),
          BodyHandlers.ofByteArray());
    }
  }

  /** One picture is its {@code image}, of several each is {@code image[]}. */
  @ParameterizedTest
  @CsvSource({"image, 1", "image[], 2"})
  void openWebUi_edits(String name, int pictures) throws Exception {
    var parts =
        new ArrayList<Object>(
            List.of("model", "sdxl", "prompt", "bluer " + pictures, "n", "1", "size", "512x512"));
    parts.addAll(List.of("background", "opaque", "response_format", "b64_json"));
    for (var i = 0; i < pictures; i++) {
      parts.addAll(List.of(name, SampleImages.png(2_000, 10 + i)));
    }

    var answer =
        edit(
            "",
            BodyPublishers.ofByteArray(MultipartBody.of(parts.toArray())),
            "Authorization",
            "Bearer " + NectarServer.KEY,
            "X-OpenWebUI-User-Name",
            "Jane%20Doe");

    assertPictures(answer, 1);
    var sent = painter.calls().getLast();
    assertThat(sent.getUrl()).endsWith("/images/edits");
    for (var i = 0; i < pictures; i++) {
      assertThat(sent.getBody()).containsSequence(SampleImages.png(2_000, 10 + i));
    }
    assertThat(sent.getBodyAsString()).contains("512x512", "sdxl", "opaque");
  }

  /** A stream without a length; against Azure, with the key in another header. */
  @ParameterizedTest
  @CsvSource({"'', Authorization, Bearer ", "?api-version=2025-04-01-preview, api-key, ''"})
  void libreChat_edits(String query, String header, String scheme) throws Exception {
    var picture = SampleImages.png(2_000, 20);
    var form =
        MultipartBody.of(
            "model",
            "gpt-image-1",
            "prompt",
            "redder " + header,
            "quality",
            "auto",
            "size",
            "auto",
            "image[]",
            picture);

    var answer =
        edit(
            query,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(form)),
            header,
            (scheme + " ").stripLeading() + NectarServer.KEY);

    assertPictures(answer, 1);
    var sent = painter.calls().getLast();
    assertThat(sent.getBody()).containsSequence(picture);
    assertThat(sent.getBodyAsString()).contains("gpt-image-1").doesNotContain("name=\"size\"");
  }

  @Test
  void connections_findTheModels() throws Exception {
    var answer = nectar.get("/v1/models", "Authorization", "Bearer " + NectarServer.KEY);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("object").asString()).isEqualTo("list");
    assertThat(json(answer).get("data").valueStream().map(model -> model.get("id").asString()))
        .containsExactly("flux", "sdxl");
  }

  /** Its chat ends with a note to the model, and with the name of who is to speak. */
  @Test
  void sillyTavern_chats() throws Exception {
    var answer =
        nectar.send(
            "POST",
            "/v1/chat/completions",
            """
            {"messages":[{"role":"system","content":"Write Seraphina's next reply."},
              {"role":"system","content":"[Start a new Chat]"},
              {"role":"assistant","content":"You wake with a start."},
              {"role":"user","content":"a tavern"},
              {"role":"system","content":"[Stay in character.]"}],
             "model":"flux","temperature":1,"max_tokens":300,"stream":true,
             "presence_penalty":0,"frequency_penalty":0,"top_p":1,"stop":["\\nJane:"],
             "logit_bias":{},"n":1}
            """,
            "Authorization",
            "Bearer " + NectarServer.KEY,
            "Content-Type",
            "application/json");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(text(answer)).contains("![a tavern](http").endsWith("data: [DONE]\n\n");
    JsonNode sent = painter.lastBody();
    assertThat(sent.get("prompt").asString()).isEqualTo("a tavern");
    assertThat(sent.has("stop")).isFalse();
    assertThat(sent.has("max_tokens")).isFalse();
  }
}
