package dev.nectar.backend.protocol;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.nectar.backend.BackendReply;
import dev.nectar.backend.ImageBackend;
import dev.nectar.backend.Negotiation;
import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.Protocol;
import dev.nectar.image.ImageExtras;
import dev.nectar.image.ImageSize;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.InputImages;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.server.Painter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the tests of every protocol need: how it speaks, and a back end that is asked in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProtocolCase {

  static final String PROMPT = "a lighthouse at dusk";
  static final String MODEL = "painter-1";
  static final String TOKEN = "sk-contract-0123456789";
  static final ImageSize LANDSCAPE = new ImageSize(1024, 768);

  final byte[] png = SampleImages.png(9_000, 1);
  final Painter painter = Painter.start();
  final String base64 = base64(png);
  Path directory = Path.of("");
  private final List<StagedImage> staged = new ArrayList<>();

  abstract Protocol protocol();

  /** An answer with this picture: Base64. */
  abstract String painting(String base64);

  /** An answer that names a picture. */
  abstract String linking(String url);

  /** Where it is asked to paint from words. */
  abstract String path();

  /** Where it is asked to paint from pictures. */
  String inputPath() {
    return path();
  }

  /** The prompt of a request with pictures. */
  String inputPrompt(LoggedRequest call) {
    return prompt(Painter.body(call));
  }

  /** The pictures that a request brought, in their order. */
  abstract List<byte[]> inputs(LoggedRequest call);

  /** The mask that a request brought; null where the protocol has no place for one. */
  byte @Nullable [] mask(LoggedRequest call) {
    return null;
  }

  /** Whether it can paint from several pictures together. */
  boolean takesSeveral() {
    return true;
  }

  /** A refusal for certain, with its status. */
  abstract Map.Entry<Integer, String> refusal();

  /** What is only taken for a refusal; null if nothing is. */
  abstract @Nullable String silence();

  /** Where the token stands: a header's name and value. */
  Map.Entry<String, String> credentials() {
    return Map.entry("Authorization", "Bearer " + TOKEN);
  }

  abstract String prompt(JsonNode body);

  /** What an answer calls a picture's shape. */
  abstract String shapeName();

  /** The shape that is asked for. */
  abstract String shape(JsonNode body);

  /** The same for 4:3 and for 1:1. */
  abstract List<String> shapes();

  /** Where the shape that is refused stands, as a JSON path. */
  abstract String shapePath();

  /** Where the seed stands, as a JSON path. */
  abstract String seedPath();

  /** Extra parameters that the protocol has no place for. */
  abstract List<String> placeless();

  @BeforeEach
  void prepare(@TempDir Path fresh) {
    directory = fresh;
    painter.server().resetAll();
  }

  @AfterEach
  void discardInputs() {
    staged.forEach(StagedImage::close);
    staged.clear();
  }

  @AfterAll
  void stop() {
    painter.close();
  }

  StagedImage stage(byte[] picture) throws IOException {
    var area = new StagingArea(directory.resolve("inputs"), 32_000_000);
    var image = area.stage(new ByteArrayInputStream(picture));
    staged.add(image);
    return image;
  }

  static PaintRequest from(InputImages inputs) {
    return new PaintRequest(PROMPT, null, null, 7, ImageExtras.NONE, inputs);
  }

  Bench bench() {
    return new Bench(directory);
  }

  ImageBackend backend(Bench bench) {
    return bench.speaking(protocol(), painter.url(), TOKEN, MODEL);
  }

  /** One that keeps in mind what it was told. */
  ImageBackend taught(Bench bench, Negotiation negotiation) {
    return bench.speaking(
        protocol(), painter.url(), TOKEN, Map.of(), MODEL, negotiation, List.of());
  }

  static PaintRequest request(@Nullable ImageSize size) {
    return new PaintRequest(PROMPT, size, null, 7);
  }

  BackendReply ask() {
    return ask(request(null));
  }

  BackendReply askLandscape() {
    return ask(request(LANDSCAPE));
  }

  BackendReply ask(PaintRequest request) {
    try (var bench = bench()) {
      return bench.ask(backend(bench), request);
    }
  }

  BackendReply ask(String url) {
    try (var bench = bench()) {
      return bench.ask(bench.speaking(protocol(), url, TOKEN, MODEL), request(null));
    }
  }

  void paints() {
    painter.answers(aResponse().withBody(painting(base64)));
  }

  static String base64(byte[] picture) {
    return Base64.getEncoder().encodeToString(picture);
  }

  void servesFile(String path, byte[] content) {
    painter.server().stubFor(any(urlEqualTo(path)).willReturn(aResponse().withBody(content)));
  }

  /** The one refused last is asked first. */
  void refusesFirst(String jsonPath, int status, String body) {
    painter
        .server()
        .stubFor(
            any(anyUrl())
                .withRequestBody(matchingJsonPath(jsonPath))
                .willReturn(aResponse().withStatus(status).withBody(body)));
  }
}
