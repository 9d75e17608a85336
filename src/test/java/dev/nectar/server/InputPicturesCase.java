package dev.nectar.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static dev.nectar.server.NectarServer.json;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests that have one server paint from pictures, uploaded or by their URLs. */
abstract class InputPicturesCase extends ServerCase {

  static final String EDITS = "/v1/images/edits";
  static final byte[] FIRST = SampleImages.png(3_000, 2);
  static final byte[] SECOND = SampleImages.bytes(ImageFormat.JPEG, 2_000, 3);
  static final byte[] MASK = SampleImages.png(1_000, 4);
  static final int MAX_BYTES = 1 << 20;

  final Path cache;
  final WireMockServer pictures;
  final HttpClient client = HttpClient.newHttpClient();

  InputPicturesCase(Path cache) {
    this(cache, startedPictures());
  }

  private InputPicturesCase(Path cache, WireMockServer pictures) {
    super(
        cache,
        Map.of(
            "IMAGE_URL_ALLOWED_HOSTS",
            "localhost:" + pictures.port(),
            "MAX_IMAGE_SIZE",
            "1MB",
            "OPENAI_SEED",
            "42"));
    this.cache = cache;
    this.pictures = pictures;
  }

  private static WireMockServer startedPictures() {
    var pictures = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    pictures.start();
    return pictures;
  }

  @AfterAll
  void stopPictures() {
    pictures.stop();
    client.close();
  }

  @BeforeEach
  void servePictures() {
    pictures.resetAll();
    serve("/first.png", FIRST);
    serve("/second.jpg", SECOND);
  }

  void serve(String path, byte[] bytes) {
    pictures.stubFor(any(urlPathMatching(path)).willReturn(aResponse().withBody(bytes)));
  }

  String url(String path) {
    return "http://localhost:" + pictures.port() + path;
  }

  static String dataUrl(byte[] bytes) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
  }

  List<Path> temporary() throws IOException {
    try (var files = Files.walk(cache)) {
      return files.filter(file -> file.toString().endsWith(".tmp")).toList();
    }
  }

  HttpResponse<byte[]> edit(String json) throws Exception {
    return nectar.send(
        "POST",
        EDITS,
        json,
        "Content-Type",
        "application/json",
        "Authorization",
        "Bearer " + NectarServer.KEY);
  }

  HttpResponse<byte[]> editForm(Object... parts) throws Exception {
    return send(EDITS, parts);
  }

  HttpResponse<byte[]> send(String path, Object... parts) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + nectar.port() + path))
            .header("Content-Type", MultipartBody.TYPE)
            .header("Authorization", "Bearer " + NectarServer.KEY)
            .POST(BodyPublishers.ofByteArray(MultipartBody.of(parts)))
            .build(),
        BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> prompt(String prompt, String image) throws Exception {
    return nectar.get(NectarServer.target(prompt) + "&image=" + URLEncoder.encode(image, UTF_8));
  }
}
