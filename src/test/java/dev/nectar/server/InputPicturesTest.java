package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static dev.nectar.server.NectarServer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.cache.CacheKey;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.RequestInputs;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Pictures that others are made from, by the doors that take them. */
class InputPicturesTest extends InputPicturesCase {

  InputPicturesTest(@TempDir Path cache) {
    super(cache);
  }

  private static CacheKey key(String prompt, byte[] @Nullable [] images, byte @Nullable [] mask) {
    var inputs =
        new RequestInputs(
            Arrays.stream(images).map(InputPicturesTest::input).toList(),
            mask == null ? null : input(mask));
    return CacheKey.of(new ImageRequest(prompt, null, null, 42, false).withInputs(inputs));
  }

  private static RequestInputs.Input input(byte[] bytes) {
    return RequestInputs.Input.named(SampleImages.sha256(bytes));
  }

  private Path entry(CacheKey key) throws IOException {
    try (var files = Files.walk(cache)) {
      return files
          .filter(file -> file.getFileName().toString().equals(key + ".meta.json"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no entry " + key));
    }
  }

  @Test
  void form_withSeveralAndAMask_isPaintedFromThemAndKeptUnderTheirChecksums() throws Exception {
    var answer =
        editForm(
            "prompt",
            "bluer",
            "image[]",
            FIRST,
            "image[]",
            SECOND,
            "mask",
            MASK,
            "n",
            "auto",
            "size",
            "auto",
            "quality",
            "auto",
            "input_fidelity",
            "auto",
            "stream",
            "false");

    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    assertThat(Base64.getDecoder().decode(json(answer).at("/data/0/b64_json").asString()))
        .isEqualTo(PNG);
    assertThat(painter.calls().getLast().getBody())
        .containsSequence(FIRST)
        .containsSequence(SECOND)
        .containsSequence(MASK);
    await().untilAsserted(() -> assertThat(temporary()).isEmpty());
  }

  @Test
  void form_ofPrompt_isThePictureItself() throws Exception {
    var answer =
        send(
            "/prompt",
            "prompt",
            "a form",
            "seed",
            "7",
            "image",
            FIRST,
            "image",
            url("/second.jpg"));

    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(PNG);
    assertThat(header(answer, "X-Seed")).isEqualTo("7");
    assertThat(painter.calls().getLast().getBody())
        .containsSequence(FIRST)
        .containsSequence(SECOND);
    var named =
        nectar.get(
            NectarServer.target("a form")
                + "&seed=7&image="
                + URLEncoder.encode(url("/first.png") + "|" + url("/second.jpg"), UTF_8));
    assertThat(header(named, "X-Cache")).isEqualTo("HIT");
    var plain = send("/prompt", "prompt", "a form without");
    assertThat(plain.body()).isEqualTo(PNG);
    assertThat(send("/prompt", "image", FIRST).statusCode()).isEqualTo(400);
    await().untilAsserted(() -> assertThat(temporary()).isEmpty());
  }

  @Test
  void entry_namesChecksumsTypesAndSizes() throws Exception {
    assertThat(
            editForm("prompt", "named", "image", FIRST, "image", SECOND, "mask", MASK).statusCode())
        .isEqualTo(200);

    var entry = Files.readString(entry(key("named", new byte[][] {FIRST, SECOND}, MASK)));
    var request = JsonMapper.shared().readTree(entry).get("request");
    assertThat(request.get("inputs")).hasSize(2);
    assertThat(request.at("/inputs/1/sha256").asString()).isEqualTo(SampleImages.sha256(SECOND));
    assertThat(request.at("/inputs/1/contentType").asString()).isEqualTo("image/jpeg");
    assertThat(request.at("/inputs/1/size").asInt()).isEqualTo(SECOND.length);
    assertThat(request.at("/mask/sha256").asString()).isEqualTo(SampleImages.sha256(MASK));
    assertThat(entry).doesNotContain(Base64.getEncoder().encodeToString(FIRST));
  }

  @Test
  void json_ofOpenAiAndOfPollinations_andParameters_areTheSamePicture() throws Exception {
    var openAi =
        edit(
            "{\"prompt\":\"same\",\"images\":[{\"image_url\":\"%s\"},{\"image_url\":\"%s\"}]}"
                .formatted(dataUrl(FIRST), url("/second.jpg")));
    assertThat(openAi.statusCode()).as(text(openAi)).isEqualTo(200);

    var pollinations =
        edit(
            "{\"prompt\":\"same\",\"image\":[\"%s\",\"%s\"]}"
                .formatted(url("/first.png"), url("/second.jpg")));
    assertThat(pollinations.statusCode()).as(text(pollinations)).isEqualTo(200);
    for (var separator : List.of("|", ",")) {
      var got = prompt("same", url("/first.png") + separator + url("/second.jpg"));
      assertThat(header(got, "X-Cache")).as(text(got)).isEqualTo("HIT");
    }
    var posted =
        nectar.send(
            "POST",
            "/prompt?key=" + NectarServer.KEY,
            "{\"prompt\":\"same\",\"image\":[\"%s\",\"%s\"]}"
                .formatted(dataUrl(FIRST), url("/second.jpg")));
    assertThat(header(posted, "X-Cache")).isEqualTo("HIT");
    assertThat(painter.calls()).hasSize(1);
    assertThat(header(prompt("same", url("/second.jpg") + "|" + url("/first.png")), "X-Cache"))
        .isEqualTo("MISS");
    assertThat(header(nectar.image("same"), "X-Cache")).isEqualTo("MISS");
  }

  @Test
  void json_withAMask_isTheSameAsTheForm() throws Exception {
    var webp = SampleImages.bytes(ImageFormat.WEBP, 2_000, 6);
    assertThat(editForm("prompt", "masked", "image", webp, "mask", MASK).statusCode())
        .isEqualTo(200);

    var json =
        edit(
            "{\"prompt\":\"masked\",\"images\":[{\"image_url\":\"%s\"}],\"mask\":{\"image_url\":\"%s\"}}"
                .formatted(dataUrl(webp), dataUrl(MASK)));

    assertThat(json.statusCode()).as(text(json)).isEqualTo(200);
    assertThat(painter.calls()).hasSize(1);
    assertThat(Files.exists(entry(key("masked", new byte[][] {webp}, MASK)))).isTrue();
  }

  @Test
  void stream_tellsEditsByTheirOwnEvent() throws Exception {
    var answer = editForm("prompt", "streamed", "image", FIRST, "stream", "true");

    assertThat(text(answer)).contains("event: image_edit.completed", "\"image_edit.completed\"");
  }

  @Test
  void several_areMadeSideBySideFromTheSame() throws Exception {
    var answer = editForm("prompt", "three", "image", FIRST, "n", "3");

    assertThat(json(answer).get("data")).hasSize(3);
    assertThat(painter.calls()).hasSize(3);
    assertThat(painter.calls())
        .allSatisfy(call -> assertThat(call.getBody()).containsSequence(FIRST));
  }
}
