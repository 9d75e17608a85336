package dev.nectar.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.hosting.ImageHost.Hosting.Published;
import dev.nectar.http.HttpCalls;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudflareImgbedHostTest extends FormHostContract {

  @Override
  HostingSettings settings(URI server) {
    return HostingCase.settings(
        Map.of(
            "IMAGE_HOSTING_PROVIDER", "cloudflare_imgbed",
            "IMAGE_HOSTING_URL", server.toString().replace("//", "//someone:hidden@"),
            "IMAGE_HOSTING_AUTH_CODE", "a hidden&code+é/%"));
  }

  @Override
  String field() {
    return "file";
  }

  @Override
  Map<String, String> headers() {
    return Map.of("Authorization", "Basic c29tZW9uZTpoaWRkZW4=");
  }

  @Override
  String target() {
    return "/upload?to=a&authCode=a%20hidden%26code%2B%C3%A9%2F%25";
  }

  @Override
  String answer(String url) {
    return "[{\"src\":\"%s\"}]".formatted(url);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/upload?to=a, /file/a.png, /file/a.png",
    "/api/upload?to=a, a.png, /api/a.png",
    "/api/upload?to=a, ../a.png?b, /a.png?b",
    "/?to=a, a.png, /a.png",
    "'', a.png, /a.png",
    "'', /file/图 a.png, ",
    "'', /file/%E5%9B%BE.png, /file/%E5%9B%BE.png",
    "/图/upload, a.png, /%E5%9B%BE/a.png"
  })
  void relativeUrl_isResolvedWithoutUserInfoAndQuery(String path, String src, String expected)
      throws IOException {
    try (var server = UploadServer.answering(200, answer(src.replace("图", "\\u56fe")));
        var image = stage(SampleImages.png(300, 1))) {
      var outcome = publish(server.url(path), image, late());
      if (expected == null) {
        assertThat(outcome).isInstanceOf(ImageHost.Hosting.Failed.class);
      } else {
        assertThat(outcome).isEqualTo(new Published(server.url(expected)));
      }
    }
  }

  @Test
  void urlWithoutScheme_getsThatOfTheEndpoint() throws IOException {
    try (var server = UploadServer.answering(200, answer("//img.example.com/a.png"));
        var image = stage(SampleImages.png(300, 1))) {
      assertThat(publish(server.url("/"), image, late()))
          .isEqualTo(new Published(URI.create("http://img.example.com/a.png")));
    }
  }

  @Test
  void noAuthCode_noParameter() throws IOException {
    try (var server = UploadServer.answering(200, answer("/file/a.png"));
        var http = new HttpCalls(1);
        var image = stage(SampleImages.png(300, 1))) {
      var settings =
          HostingCase.settings(
              Map.of(
                  "IMAGE_HOSTING_PROVIDER",
                  "cloudflare_imgbed",
                  "IMAGE_HOSTING_URL",
                  server.url("/upload").toString()));
      new CloudflareImgbedHost(settings, http).host(NAME, image, late());

      assertThat(server.uploads().getFirst().line()).isEqualTo("POST /upload HTTP/1.1");
      assertThat(server.uploads().getFirst().headers("Authorization")).isEmpty();
    }
  }
}
