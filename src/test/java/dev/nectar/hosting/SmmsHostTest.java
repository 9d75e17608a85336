package dev.nectar.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.hosting.ImageHost.Hosting.Published;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmmsHostTest extends FormHostContract {

  @Override
  HostingSettings settings(URI server) {
    return HostingCase.settings(
        Map.of(
            "IMAGE_HOSTING_PROVIDER", "smms",
            "IMAGE_HOSTING_KEY", "a-hidden-key",
            "IMAGE_HOSTING_URL", server.toString()));
  }

  @Override
  String field() {
    return "smfile";
  }

  @Override
  Map<String, String> headers() {
    return Map.of("Authorization", "a-hidden-key");
  }

  /** As S.EE answers. */
  @Override
  String answer(String url) {
    return """
    {"code":200,"data":{"file_id":14184137,"width":1024,"height":1024,"filename":"my-cat.jpg","storename":"my-cat.jpg","size":202814,"path":"/2026/02/11/dm3K/my-cat.jpg","hash":"delete-hash","url":"%s","delete":"https://s.ee/api/v1/file/delete/delete-hash","page":"https://s.ee/my-cat","upload_status":2},"message":"success","success":true}\
    """
        .formatted(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // As SM.MS answered, and what it said of an image that it had.
        """
        {"success":true,"code":"success","message":"Upload success.","data":{"file_id":0,"width":542,"height":478,"filename":"a.png","storename":"V7B63.png","size":224035,"path":"\\/2021\\/01\\/12\\/a.png","hash":"x","url":"https:\\/\\/i.loli.net\\/2021\\/01\\/12\\/a.png","delete":"https:\\/\\/sm.ms\\/delete\\/x","page":"https:\\/\\/sm.ms\\/image\\/x"},"RequestId":"3A3BA266"}\
        """,
        """
        {"success":false,"code":"image_repeated","message":"Image upload repeated limit, this image exists at: https:\\/\\/i.loli.net\\/2021\\/01\\/12\\/a.png","images":"https:\\/\\/i.loli.net\\/2021\\/01\\/12\\/a.png","RequestId":"3A3BA266"}\
        """
      })
  void answerOfOld_isUnderstood(String answer) throws IOException {
    try (var server = UploadServer.answering(200, answer);
        var image = stage(SampleImages.png(300, 1))) {
      assertThat(publish(server.url("/"), image, late()))
          .isEqualTo(new Published(URI.create("https://i.loli.net/2021/01/12/a.png")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"code\":\"image_repeated\"}",
        "{\"code\":\"image_repeated\",\"images\":[\"https://i.loli.net/a.png\"]}",
        "{\"code\":\"image_repeated\",\"images\":\"ftp://i.loli.net/a.png\"}"
      })
  void repeatedImage_withoutItsUrl_isAFailure(String answer) throws IOException {
    try (var server = UploadServer.answering(200, answer)) {
      assertThat(failureOf(server)).startsWith("an answer with");
    }
  }

  @Test
  void relativeUrl_isAFailure() throws IOException {
    try (var server = UploadServer.answering(200, answer("/2026/a.png"))) {
      assertThat(failureOf(server)).isEqualTo("an answer with an unusable URL");
    }
  }

  @Test
  void publicEndpoint_isThatOfSee() {
    assertThat(SmmsHost.PUBLIC).hasToString("https://s.ee/api/v1/file/upload");
  }
}
