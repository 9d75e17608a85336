package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static dev.nectar.server.NectarServer.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients of Automatic1111's web UI. */
@Tag("slow")
class Automatic1111Test extends ServerCase {

  private static final String BASIC =
      "Basic "
          + Base64.getEncoder().encodeToString(("anybody:" + NectarServer.KEY).getBytes(UTF_8));

  Automatic1111Test(@TempDir Path cache) {
    super(cache, Map.of("MODELS", "flux,sdxl"));
  }

  private HttpResponse<byte[]> post(String name, String body)
      throws IOException, InterruptedException {
    return nectar.send(
        "POST",
        "/sdapi/v1/" + name,
        body,
        "Content-Type",
        "application/json",
        "Authorization",
        BASIC);
  }

  private JsonNode get(String name) throws IOException, InterruptedException {
    var answer = nectar.get("/sdapi/v1/" + name, "Authorization", BASIC);
    assertThat(answer.statusCode()).as(name).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).startsWith("application/json");
    return json(answer);
  }

  private static JsonNode info(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    return JsonMapper.shared().readTree(json(answer).get("info").asString());
  }

  @Test
  void prompt_isPaintedAsAsked() throws Exception {
    var answer =
        post(
            "txt2img",
            """
            {"prompt":"an apple","negative_prompt":"a worm","width":512,"height":256,"seed":7,
             "cfg_scale":7.5,"override_settings":{"sd_model_checkpoint":"sdxl"}}
            """);

    assertThat(json(answer).get("images").valueStream().map(JsonNode::asString))
        .containsExactly(BASE64);
    assertThat(json(answer).get("parameters").isObject()).isTrue();
    assertThat(json(answer).get("parameters").isEmpty()).isTrue();
    var info = info(answer);
    assertThat(info.get("seed").asInt()).isEqualTo(7);
    assertThat(info.get("all_seeds").valueStream().map(JsonNode::asInt)).containsExactly(7);
    assertThat(info.get("width").asInt()).isEqualTo(640);
    assertThat(info.get("height").asInt()).isEqualTo(480);
    assertThat(info.get("infotexts").valueStream().map(JsonNode::asString))
        .containsExactly(
            """
            an apple
            Negative prompt: a worm
            CFG scale: 7.5, Seed: 7, Size: 640x480, Model: sdxl\
            """);
    var sent = painter.lastBody();
    assertThat(sent.get("prompt").asString()).isEqualTo("an apple");
    assertThat(sent.get("negative_prompt").asString()).isEqualTo("a worm");
    assertThat(sent.get("guidance_scale").asDouble()).isEqualTo(7.5);
    assertThat(sent.get("size").asString()).isEqualTo("512x256");
    assertThat(sent.get("model").asString()).isEqualTo("sdxl");
    assertThat(sent.get("seed").asInt()).isEqualTo(7);
  }

  @Test
  void model_namedByTheBody_comesFirst() throws Exception {
    var body =
        """
        {"prompt":"m","model":"flux","override_settings":{"sd_model_checkpoint":"sdxl"}}\
        """;

    assertThat(post("txt2img", body).statusCode()).isEqualTo(200);
    assertThat(painter.lastBody().get("model").asString()).isEqualTo("flux");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"seed\":-1", ",\"seed\":-1.0", ",\"seed\":null"})
  void seed_thatIsNotNamed_isDrawn(String seed) throws Exception {
    var body = "{\"prompt\":\"drawn\"" + seed + "}";
    var first = info(post("txt2img", body)).get("seed").asInt();
    var second = info(post("txt2img", body)).get("seed").asInt();

    assertThat(first).isNotNegative().isNotEqualTo(second);
    assertThat(painter.lastBody().get("seed").asInt()).isEqualTo(second);
    assertThat(painter.calls()).hasSize(2);
  }

  @Test
  void size_thatIsNotNamed_isNotSent() throws Exception {
    post("txt2img", "{\"prompt\":\"any size\"}");

    assertThat(painter.lastBody().has("size")).isFalse();
    assertThat(painter.lastBody().has("model")).isFalse();
  }

  @Test
  void batches_areSoManyPicturesWithSuccessiveSeeds() throws Exception {
    var answer =
        post("txt2img", "{\"prompt\":\"batch\",\"seed\":3,\"batch_size\":2,\"n_iter\":2.0}");

    assertThat(json(answer).get("images")).hasSize(4);
    assertThat(info(answer).get("all_seeds").valueStream().map(JsonNode::asInt))
        .containsExactly(3, 4, 5, 6);
    assertThat(info(answer).get("infotexts")).hasSize(4);
    assertThat(painter.calls()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({"batch_size, 11", "n_iter, 11", "n_iter, 0", "batch_size, '\"x\"'", "n_iter, 1.5"})
  void batch_outOfBounds_isRefused(String name, String value) throws Exception {
    var answer = post("txt2img", "{\"prompt\":\"b\",\"" + name + "\":" + value + "}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("detail").asString()).contains("'" + name + "'");
  }

  @Test
  void batches_ofMoreThan10Together_areRefused() throws Exception {
    var answer = post("txt2img", "{\"prompt\":\"b\",\"batch_size\":4,\"n_iter\":3}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("detail").asString()).contains("12", "10");
    assertThat(painter.calls()).isEmpty();
  }

  @Test
  void errors_haveADetailAlone() throws Exception {
    assertError(401, nectar.send("POST", "/sdapi/v1/txt2img", "{\"prompt\":\"x\"}"));
    assertError(401, nectar.get("/sdapi/v1/options"));
    assertError(400, post("txt2img", "{\"prompt\":\" \"}"));
    assertError(400, post("txt2img", "{\"prompt\":\"x\",\"width\":5}"));
    assertError(400, post("txt2img", "["));
    assertError(404, post("nothing", "{}"));
    painter.fails(500, "out of order");
    assertError(502, post("txt2img", "{\"prompt\":\"unlucky\"}"));
  }

  private static void assertError(int status, HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(header(answer, "Content-Type")).startsWith("application/json");
    assertThat(json(answer).propertyNames()).containsExactly("detail");
    assertThat(json(answer).get("detail").asString()).isNotEmpty();
  }

  @Test
  void pictures_asInput_areWhatItIsPaintedFrom() throws Exception {
    var picture = SampleImages.png(3_000_000, 1);
    var large = Base64.getEncoder().encodeToString(picture);
    var answer =
        post(
            "img2img",
            "{\"prompt\":\"bluer\",\"init_images\":[\""
                + large
                + "\"],\"mask\":\""
                + large
                + "\"}");

    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    var sent = new String(painter.calls().getLast().getBody(), ISO_8859_1);
    assertThat(sent.contains(new String(picture, ISO_8859_1))).isTrue();
    assertError(400, post("img2img", "{\"prompt\":\"bluer\"}"));
    assertError(400, post("img2img", "{\"prompt\":\"bluer\",\"init_images\":[\"@@\"]}"));
    assertThat(painter.calls()).hasSize(1);
  }

  /** What SillyTavern sends, its own address and password included. */
  @Test
  void sillyTavern_startsPaintsAndIsNotEchoed() throws Exception {
    assertThat(get("options").get("sd_model_checkpoint").asString()).isEqualTo("flux");
    assertThat(get("samplers").get(0).get("name").asString()).isNotEmpty();
    assertThat(get("schedulers").get(0).get("name").asString()).isNotEmpty();
    assertThat(get("upscalers").get(0).get("name").asString()).isNotEmpty();
    assertThat(get("latent-upscale-modes").get(0).get("name").asString()).isNotEmpty();
    assertThat(get("sd-vae").isArray()).isTrue();
    assertThat(get("sd-modules").isArray()).isTrue();
    assertThat(get("sd-models").valueStream().map(model -> model.get("title").asString()))
        .containsExactly("flux", "sdxl");
    assertThat(post("options", "{\"sd_model_checkpoint\":\"sdxl\"}").statusCode()).isEqualTo(200);
    var progress = get("progress");
    assertThat(progress.get("progress").asDouble()).isZero();
    assertThat(progress.at("/state/job_count").asInt(-1)).isZero();

    var answer =
        post(
            "txt2img",
            """
            {"url":"http://localhost:8080","auth":"me:%s","prompt":"a tavern",
             "negative_prompt":"","sampler_name":"Euler a","scheduler":"Automatic","steps":20,
             "cfg_scale":7,"width":512,"height":512,"restore_faces":false,"enable_hr":false,
             "hr_upscaler":"Latent","hr_scale":1,"hr_additional_modules":[],
             "denoising_strength":0.7,"hr_second_pass_steps":0,
             "override_settings":{"CLIP_stop_at_last_layers":1,"sd_vae":"Automatic"},
             "override_settings_restore_afterwards":true,"clip_skip":1,"save_images":true,
             "send_images":true,"do_not_save_grid":false,"do_not_save_samples":false}
            """
                .formatted(NectarServer.KEY));
    assertThat(json(answer).at("/images/0").asString()).isEqualTo(BASE64);
    assertThat(text(answer)).doesNotContain(NectarServer.KEY, "localhost:8080", "Euler");
    assertThat(painter.lastBody().get("model").asString()).isEqualTo("sdxl");
    assertThat(get("options").get("sd_model_checkpoint").asString()).isEqualTo("sdxl");
    assertThat(post("interrupt", "").statusCode()).isEqualTo(200);
    assertThat(post("options", "{\"sd_model_checkpoint\":\"\"}").statusCode()).isEqualTo(200);
  }

  /** Open WebUI sends back all options with the model changed. */
  @Test
  void openWebUi_startsAndPaints() throws Exception {
    var options = get("options");
    assertThat(options.isObject()).isTrue();
    for (var model : get("sd-models")) {
      assertThat(model.get("title").asString()).isEqualTo(model.get("model_name").asString());
      for (var member : List.of("hash", "sha256", "filename", "config")) {
        assertThat(model.has(member)).isTrue();
      }
    }
    assertThat(post("options", options.toString()).statusCode()).isEqualTo(200);

    var answer =
        post("txt2img", "{\"prompt\":\"a web\",\"batch_size\":2,\"width\":512,\"height\":512}");

    assertThat(json(answer).get("images")).hasSize(2);
    assertThat(info(answer).isObject()).isTrue();
    assertThat(post("options", "{\"sd_model_checkpoint\":\"\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void pages_ofAnyOrigin_mayAsk() throws Exception {
    var preflight =
        nectar.send(
            "OPTIONS",
            "/sdapi/v1/txt2img",
            "",
            "Origin",
            "https://page.example",
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "authorization,content-type");

    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(header(preflight, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(header(preflight, "Access-Control-Allow-Headers"))
        .isEqualTo("authorization,content-type");
  }

  @Test
  void key_asAnyOtherDoorTakesIt_opens() throws Exception {
    assertThat(nectar.get("/sdapi/v1/options?key=" + NectarServer.KEY).statusCode()).isEqualTo(200);
    assertThat(
            nectar
                .get("/sdapi/v1/options", "Authorization", "Bearer " + NectarServer.KEY)
                .statusCode())
        .isEqualTo(200);
  }
}
