package dev.nectar.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static dev.nectar.server.NectarServer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.nectar.cache.CacheKey;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.RequestInputs;
import dev.nectar.image.SampleImages;
import dev.nectar.image.Sha256;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that others are made from, by the doors that take them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InputPicturesTest {

  private static final String EDITS = "/v1/images/edits";
  private static final byte[] PAINTED = SampleImages.png(4_000, 1);
  private static final byte[] FIRST = SampleImages.png(3_000, 2);
  private static final byte[] SECOND = SampleImages.bytes(ImageFormat.JPEG, 2_000, 3);
  private static final byte[] MASK = SampleImages.png(1_000, 4);
  private static final int MAX_BYTES = 1 << 20;

  private final Painter painter = Painter.start();
  private final WireMockServer pictures =
      new WireMockServer(WireMockConfiguration.options().dynamicPort());
  private final HttpClient client = HttpClient.newHttpClient();
  private final NectarServer nectar;
  private final Path cache;

  InputPicturesTest(@TempDir Path cache) {
    this.cache = cache;
    pictures.start();
    nectar =
        NectarServer.start(
            cache,
            painter.url(),
            Map.of(
                "IMAGE_URL_ALLOWED_HOSTS",
                "localhost:" + pictures.port(),
                "MAX_IMAGE_SIZE",
                "1MB",
                "OPENAI_SEED",
                "42"));
  }

  @AfterAll
  void stop() {
    nectar.close();
    pictures.stop();
    painter.close();
    client.close();
  }

  @BeforeEach
  void paint() {
    painter.paints(PAINTED);
    pictures.resetAll();
    serve("/first.png", FIRST);
    serve("/second.jpg", SECOND);
  }

  private void serve(String path, byte[] bytes) {
    pictures.stubFor(any(urlPathMatching(path)).willReturn(aResponse().withBody(bytes)));
  }

  private String url(String path) {
    return "http://localhost:" + pictures.port() + path;
  }

  private static String dataUrl(byte[] bytes) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.newDigest().digest(bytes));
  }

  private static CacheKey key(String prompt, byte[] @Nullable [] images, byte @Nullable [] mask) {
    var inputs =
        new RequestInputs(
            Arrays.stream(images).map(InputPicturesTest::input).toList(),
            mask == null ? null : input(mask));
    return CacheKey.of(new ImageRequest(prompt, null, null, 42, false).withInputs(inputs));
  }

  private static RequestInputs.Input input(byte[] bytes) {
    return RequestInputs.Input.named(sha256(bytes));
  }

  private Path entry(CacheKey key) throws IOException {
    try (var files = Files.walk(cache)) {
      return files
          .filter(file -> file.getFileName().toString().equals(key + ".meta.json"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no entry " + key));
    }
  }

  private List<Path> temporary() throws IOException {
    try (var files = Files.walk(cache)) {
      return files.filter(file -> file.toString().endsWith(".tmp")).toList();
    }
  }

  private HttpResponse<byte[]> edit(String json) throws Exception {
    return nectar.send(
        "POST",
        EDITS,
        json,
        "Content-Type",
        "application/json",
        "Authorization",
        "Bearer " + NectarServer.KEY);
  }

  private HttpResponse<byte[]> editForm(Object... parts) throws Exception {
    return send(EDITS, parts);
  }

  private HttpResponse<byte[]> send(String path, Object... parts) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + nectar.port() + path))
            .header("Content-Type", MultipartBody.TYPE)
            .header("Authorization", "Bearer " + NectarServer.KEY)
            .POST(BodyPublishers.ofByteArray(MultipartBody.of(parts)))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> prompt(String prompt, String image) throws Exception {
    return nectar.get(NectarServer.target(prompt) + "&image=" + URLEncoder.encode(image, UTF_8));
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
        .isEqualTo(PAINTED);
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
    assertThat(answer.body()).isEqualTo(PAINTED);
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
    assertThat(plain.body()).isEqualTo(PAINTED);
    assertThat(send("/prompt", "image", FIRST).statusCode()).isEqualTo(400);
    await().untilAsserted(() -> assertThat(temporary()).isEmpty());
  }

  @Test
  void form_withAUrlThatIsNone_leavesNothing() throws Exception {
    var answer =
        send("/prompt", "prompt", "a", "image", FIRST, "image", url("/nothing"), "mask", MASK);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("code").asString()).isEqualTo("failed_to_download_image");
    var malformed = send("/prompt", "prompt", "a", "image", FIRST, "image", "http://");
    assertThat(json(malformed).get("code").asString()).isEqualTo("invalid_image_url");
    assertThat(painter.calls()).isEmpty();
    await().untilAsserted(() -> assertThat(temporary()).isEmpty());
  }

  @Test
  void json_farAboveTheBound_isTooLarge() throws Exception {
    var base64 = "iVBORw0K".repeat(5 * MAX_BYTES);

    var answer = edit("{\"prompt\":\"b\",\"image\":\"data:image/png;base64," + base64 + "\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/code").asString()).isEqualTo("image_too_large");
    assertThat(json(answer).at("/error/param").asString()).isEqualTo("image");
    await().untilAsserted(() -> assertThat(temporary()).isEmpty());
  }

  @Test
  void entry_namesChecksumsTypesAndSizes() throws Exception {
    assertThat(
            editForm("prompt", "named", "image", FIRST, "image", SECOND, "mask", MASK).statusCode())
        .isEqualTo(200);

    var entry = Files.readString(entry(key("named", new byte[][] {FIRST, SECOND}, MASK)));
    var request = tools.jackson.databind.json.JsonMapper.shared().readTree(entry).get("request");
    assertThat(request.get("inputs")).hasSize(2);
    assertThat(request.at("/inputs/1/sha256").asString()).isEqualTo(sha256(SECOND));
    assertThat(request.at("/inputs/1/contentType").asString()).isEqualTo("image/jpeg");
    assertThat(request.at("/inputs/1/size").asInt()).isEqualTo(SECOND.length);
    assertThat(request.at("/mask/sha256").asString()).isEqualTo(sha256(MASK));
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

  /** The address of such a link would be refused. */
  @Test
  void linkOfOurs_madeFromAUrlOrAnotherLink_isOpenedAndNotFetched() throws Exception {
    var inner = link("inner", url("/first.png"));
    var middle = link("middle", inner);

    var got = prompt("outer", middle);

    assertThat(got.statusCode()).as(text(got)).isEqualTo(200);
    assertThat(painter.calls()).hasSize(3);
    assertThat(painter.calls().getFirst().getBody()).containsSequence(FIRST);
    assertThat(painter.calls().getLast().getBody()).containsSequence(PAINTED);
    var deepest = link("4", link("3", link("2", link("1", url("/first.png")))));
    assertThat(json(prompt("0", deepest)).get("code").asString()).isEqualTo("invalid_image_url");
    await().untilAsserted(() -> assertThat(temporary()).isEmpty());
  }

  private String link(String prompt, String image) throws Exception {
    var signed =
        nectar.send(
            "POST",
            "/sign?key=" + NectarServer.KEY,
            "{\"prompt\":\"%s\",\"image\":\"%s\"}".formatted(prompt, image));
    return json(signed).get("url").asString();
  }

  @ParameterizedTest
  @CsvSource({
    "http://,invalid_image_url",
    "ftp://a.example/b.png,invalid_image_url",
    "not a url,invalid_image_url",
    "'data:image/png;base64,@@@@',invalid_image_url",
    "'data:image/png,abc',invalid_image_url",
    "'data:image/png;base64,aGVsbG8gd29ybGQ=',unsupported_image_media_type",
    "http://127.0.0.1:1/private.png,failed_to_download_image",
    "http://[::1]/private.png,failed_to_download_image"
  })
  void url_wrong_isToldByItsCode(String url, String code) throws Exception {
    var answer = edit("{\"prompt\":\"bluer\",\"image\":\"%s\"}".formatted(url));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/code").asString()).as(text(answer)).isEqualTo(code);
    var got = prompt("bluer", url);
    assertThat(got.statusCode()).isEqualTo(400);
    assertThat(json(got).get("code").asString()).isEqualTo(code);
    assertThat(json(got).at("/error/code").asString()).isEqualTo(code);
    assertThat(painter.calls()).isEmpty();
  }

  @Test
  void file_wrong_isToldByItsCode() throws Exception {
    var wide = FIRST.clone();
    Arrays.fill(wide, 16, 20, (byte) 0x7f);
    for (var wrong :
        Map.of(
                "/cut.png", Map.entry(Arrays.copyOf(FIRST, 1_000), "unsupported_image_media_type"),
                "/page.html", Map.entry("<html>".getBytes(UTF_8), "unsupported_image_media_type"),
                "/a.gif",
                    Map.entry(
                        SampleImages.bytes(ImageFormat.GIF, 500, 1),
                        "unsupported_image_media_type"),
                "/large.png", Map.entry(SampleImages.png(MAX_BYTES + 1, 1), "image_too_large"),
                "/wide.png", Map.entry(wide, "image_too_large"))
            .entrySet()) {
      serve(wrong.getKey(), wrong.getValue().getKey());
      var code = wrong.getValue().getValue();
      var byUrl = edit("{\"prompt\":\"b\",\"image\":\"" + url(wrong.getKey()) + "\"}");
      assertThat(byUrl.statusCode()).as(wrong.getKey()).isEqualTo(400);
      assertThat(json(byUrl).at("/error/code").asString()).as(wrong.getKey()).isEqualTo(code);
      var uploaded = editForm("prompt", "b", "image", wrong.getValue().getKey());
      assertThat(uploaded.statusCode()).as(wrong.getKey()).isEqualTo(400);
      assertThat(json(uploaded).at("/error/code").asString()).as(wrong.getKey()).isEqualTo(code);
      assertThat(json(uploaded).at("/error/param").asString()).isEqualTo("image");
      var inline =
          edit("{\"prompt\":\"b\",\"image\":\"" + dataUrl(wrong.getValue().getKey()) + "\"}");
      assertThat(json(inline).at("/error/code").asString()).as(wrong.getKey()).isEqualTo(code);
      for (var got :
          List.of(
              prompt("b", url(wrong.getKey())),
              send("/prompt", "prompt", "b", "image", wrong.getValue().getKey()))) {
        assertThat(got.statusCode()).as(wrong.getKey()).isEqualTo(400);
        assertThat(json(got).get("code").asString()).as(wrong.getKey()).isEqualTo(code);
        assertThat(json(got).at("/error/code").asString()).as(wrong.getKey()).isEqualTo(code);
      }
    }
    var gone = edit("{\"prompt\":\"b\",\"image\":\"" + url("/nothing") + "\"}");
    assertThat(json(gone).at("/error/code").asString()).isEqualTo("failed_to_download_image");
    assertThat(painter.calls()).isEmpty();
    await().untilAsserted(() -> assertThat(temporary()).isEmpty());
  }

  @Test
  void pictures_tooManyOrTooLargeTogether_areRefused() throws Exception {
    var many = new Object[2 * 17 + 2];
    var large = new Object[2 * 5 + 2];
    many[0] = large[0] = "prompt";
    many[1] = large[1] = "bluer";
    for (var i = 2; i < many.length; i += 2) {
      many[i] = "image[]";
      many[i + 1] = FIRST;
    }
    for (var i = 2; i < large.length; i += 2) {
      large[i] = "image[]";
      large[i + 1] = SampleImages.png(MAX_BYTES - 1, i);
    }

    assertThat(editForm(many).statusCode()).isEqualTo(400);
    var answer = editForm(large);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/code").asString()).isEqualTo("image_too_large");
    assertThat(edit("{\"prompt\":\"bluer\"}").statusCode()).isEqualTo(400);
    assertThat(editForm("prompt", "bluer", "mask", MASK).statusCode()).isEqualTo(400);
    assertThat(painter.calls()).isEmpty();
    await().untilAsserted(() -> assertThat(temporary()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/images/edits, prompt",
    "/v1/images/edits, other",
    "/prompt, prompt",
    "/prompt, other"
  })
  void form_withALongText_isToldWhichFieldItIs(String path, String field) throws Exception {
    var answer = send(path, "image", FIRST, field, "a".repeat(600_000));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer)).contains("The field '" + field + "' is too long");
    await().untilAsserted(() -> assertThat(temporary()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/images/edits", "/prompt"})
  void form_withALongUrl_isToldWhichFieldItIs(String path) throws Exception {
    var answer = send(path, "prompt", "a", "mask", "http://a.example/" + "a".repeat(600_000));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer)).contains("The field 'mask' is too long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/images/edits", "/prompt"})
  void form_withALongPartHeader_isMalformed(String path) throws Exception {
    var answer = send(path, "prompt", "a", "b".repeat(200_000), "c", "image", FIRST);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer))
        .contains("The form is malformed: the headers of a part are over 8192 bytes.")
        .doesNotContain("image_too_large");
  }

  @Test
  void upload_withoutTheKey_isNotRead() throws Exception {
    var answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + nectar.port() + EDITS))
                .header("Content-Type", MultipartBody.TYPE)
                .POST(BodyPublishers.ofByteArray(MultipartBody.of("prompt", "a", "image", FIRST)))
                .build(),
            BodyHandlers.ofByteArray());

    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/images/edits, multipart/form-data; boundary=limit",
    "/v1/images/edits, application/json",
    "/prompt, multipart/form-data; boundary=limit"
  })
  void upload_thatBreaksOff_leavesNothing(String path, String type) throws Exception {
    var large = SampleImages.png(500_000, 9);
    var body =
        type.equals("application/json")
            ? "{\"prompt\":\"a\",\"image\":[\"%s\",\"%s\"]}"
                .formatted(dataUrl(FIRST), dataUrl(large))
                .getBytes(UTF_8)
            : MultipartBody.of("prompt", "a", "image", FIRST, "image", large);
    try (var socket = new Socket("localhost", nectar.port())) {
      var out = socket.getOutputStream();
      out.write(
          """
          POST %s HTTP/1.1\r
          Host: localhost\r
          Authorization: Bearer %s\r
          Content-Type: %s\r
          Content-Length: %d\r
          \r
          """
              .formatted(path, NectarServer.KEY, type, body.length)
              .getBytes(UTF_8));
      out.write(body, 0, 300_000);
      out.flush();
      await().untilAsserted(() -> assertThat(temporary()).hasSize(2));
    }

    await().untilAsserted(() -> assertThat(temporary()).isEmpty());
    assertThat(painter.calls()).isEmpty();
  }

  @Test
  void link_toWhatWasMadeFromAnUpload_opensItUntilItIsGone() throws Exception {
    var url =
        json(editForm("prompt", "linked", "image", FIRST, "response_format", "url"))
            .at("/data/0/url")
            .asString();
    assertThat(url).contains("image=sha256%3A" + sha256(FIRST));
    var target = URI.create(url).getRawPath() + "?" + URI.create(url).getRawQuery();
    assertThat(nectar.get(target).body()).isEqualTo(PAINTED);

    var deletion = "{\"prompt\":\"linked\",\"image\":\"sha256:%s\"}".formatted(sha256(FIRST));
    assertThat(nectar.delete("{\"prompt\":\"linked\"}").statusCode()).isEqualTo(404);
    assertThat(nectar.delete(deletion).statusCode()).isEqualTo(200);
    assertThat(nectar.get(target).statusCode()).isEqualTo(404);
    assertThat(painter.calls()).hasSize(1);
  }

  @Test
  void deletion_byUrl_isOfWhatWasMadeFromIt() throws Exception {
    assertThat(prompt("deleted", url("/first.png")).statusCode()).isEqualTo(200);

    var deletion = "{\"prompt\":\"deleted\",\"image\":\"%s\"}".formatted(url("/first.png"));
    assertThat(nectar.delete(deletion).statusCode()).isEqualTo(200);
    assertThat(nectar.delete(deletion).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "True"})
  void transparent_isABackground(String transparent) throws Exception {
    var target = NectarServer.target("clear " + transparent);
    assertThat(nectar.get(target + "&transparent=" + transparent).statusCode()).isEqualTo(200);

    assertThat(painter.lastBody().get("background").asString()).isEqualTo("transparent");
    assertThat(header(nectar.get(target + "&background=transparent"), "X-Cache")).isEqualTo("HIT");
    assertThat(header(nectar.get(target + "&transparent=false"), "X-Cache")).isEqualTo("MISS");
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

  @Test
  void signedLink_withAnInputByUrl_isMadeWhenItIsOpened() throws Exception {
    var link = URI.create(link("signed", url("/first.png")));

    assertThat(nectar.get(link.getRawPath() + "?" + link.getRawQuery()).body()).isEqualTo(PAINTED);
    assertThat(painter.calls().getLast().getBody()).containsSequence(FIRST);
  }

  @Test
  void fallback_isAskedOnlyIfAllCameByUrl(@TempDir Path other) throws Exception {
    var fallback = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    fallback.start();
    fallback.stubFor(any(anyUrl()).willReturn(aResponse().withBody(PAINTED)));
    painter.fails(500, "");
    try (var server =
        NectarServer.start(
            other,
            painter.url(),
            Map.of(
                "IMAGE_URL_ALLOWED_HOSTS",
                "localhost:" + pictures.port(),
                "POLLINATIONS_ENABLED",
                "true",
                "POLLINATIONS_URL",
                "http://localhost:" + fallback.port()))) {
      var byUrl =
          server.get(
              NectarServer.target("url") + "&image=" + URLEncoder.encode(url("/first.png"), UTF_8));
      assertThat(header(byUrl, "X-Image-Source")).as(text(byUrl)).isEqualTo("fallback");
      assertThat(fallback.getAllServeEvents()).hasSize(1);

      var uploaded =
          server.send(
              "POST",
              "/prompt?key=" + NectarServer.KEY,
              "{\"prompt\":\"data\",\"image\":\"" + dataUrl(FIRST) + "\"}");
      assertThat(uploaded.statusCode()).isEqualTo(502);
      assertThat(fallback.getAllServeEvents()).hasSize(1);
    } finally {
      fallback.stop();
    }
  }
}
