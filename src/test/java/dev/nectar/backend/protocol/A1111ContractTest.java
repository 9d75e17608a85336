package dev.nectar.backend.protocol;

import static dev.nectar.backend.protocol.Bench.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.Protocol;
import dev.nectar.image.ImageExtras;
import dev.nectar.image.ImageSize;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.InputImages;
import dev.nectar.server.Painter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class A1111ContractTest extends ImageBackendContract {

  @Override
  Protocol protocol() {
    return Protocol.A1111;
  }

  @Override
  String painting(String picture) {
    return "{\"images\":[\"" + picture + "\"],\"parameters\":{},\"info\":\"{}\"}";
  }

  @Override
  String linking(String url) {
    return "{\"images\":[\"" + url + "\"]}";
  }

  @Override
  Map.Entry<Integer, String> refusal() {
    return Map.entry(400, "{\"error\":\"moderation\",\"code\":\"moderation_blocked\"}");
  }

  @Override
  @Nullable String silence() {
    return null;
  }

  @Override
  String path() {
    return "/sdapi/v1/txt2img";
  }

  @Override
  String inputPath() {
    return "/sdapi/v1/img2img";
  }

  @Override
  List<byte[]> inputs(LoggedRequest call) {
    return Painter.body(call)
        .path("init_images")
        .valueStream()
        .map(image -> Base64.getDecoder().decode(image.asString("")))
        .toList();
  }

  @Override
  byte @Nullable [] mask(LoggedRequest call) {
    return Base64.getDecoder().decode(Painter.body(call).path("mask").asString(""));
  }

  @Override
  boolean takesSeveral() {
    return false;
  }

  @Override
  String prompt(JsonNode body) {
    return body.path("prompt").asString("");
  }

  @Override
  String shapeName() {
    return "width";
  }

  @Override
  String shape(JsonNode body) {
    return body.path("width").asString("") + "x" + body.path("height").asString("");
  }

  @Override
  List<String> shapes() {
    return List.of("1024x768", "1024x1024");
  }

  @Override
  String shapePath() {
    return "$[?(@.height == 768)]";
  }

  @Override
  String seedPath() {
    return "$.seed";
  }

  @Override
  List<String> placeless() {
    return List.of("quality", "background", "output_format");
  }

  @Test
  void question_hasTheWebUisNames() throws Exception {
    paints();
    var extras = ImageExtras.ofTexts(Map.of("negative_prompt", "blurry", "guidance_scale", "7.5"));

    bytes(ask(new PaintRequest(PROMPT, new ImageSize(640, 480), null, 7, extras)));

    assertThat(painter.lastBody())
        .hasToString(
            "{\"prompt\":\"a lighthouse at dusk\",\"width\":640,\"height\":480,\"seed\":7,\"batch_size\":1,"
                + "\"override_settings\":{\"sd_model_checkpoint\":\"painter-1\"},"
                + "\"negative_prompt\":\"blurry\",\"cfg_scale\":7.5}");
  }

  @Test
  void edge_outOfRange_isMet() throws Exception {
    paints();
    refusesFirst(
        "$[?(@.width > 512)]",
        422,
        "{\"detail\":[{\"loc\":[\"body\",\"width\"],\"msg\":\"ensure this value is less than or equal to 512\",\"type\":\"value_error.number.not_le\"}]}");

    bytes(askLandscape());

    assertThat(shape(painter.lastBody())).isEqualTo("512x384");
  }

  @Test
  void userInfo_ofTheUrl_comesBeforeTheToken() throws Exception {
    paints();

    bytes(ask(painter.url().replace("//", "//user:pass@")));

    assertThat(painter.calls().getFirst().getHeader("Authorization"))
        .isEqualTo("Basic dXNlcjpwYXNz");
  }

  @Test
  void mask_withAlpha_isInverted() throws Exception {
    paints();
    for (var alpha : List.of(false, true)) {
      var mask = SampleImages.png(900, 3);
      mask[25] = (byte) (alpha ? 6 : 2);
      var input = stage(SampleImages.png(900, 2));

      bytes(ask(from(new InputImages(List.of(input), stage(mask), List.of()))));

      assertThat(painter.lastBody().path("inpainting_mask_invert").asInt(0))
          .isEqualTo(alpha ? 1 : 0);
    }
  }

  @Test
  void size_thatIsNotNamed_isTheInputs() throws Exception {
    paints();
    var input = stage(SampleImages.png(900, 2));

    bytes(ask(from(new InputImages(List.of(input), null, List.of()))));

    assertThat(shape(painter.lastBody())).isEqualTo("640x480");
  }
}
