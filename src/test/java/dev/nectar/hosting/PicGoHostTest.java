package dev.nectar.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PicGoHostTest extends FormHostContract {

  @Override
  HostingSettings settings(URI server) {
    return HostingCase.settings(
        Map.of(
            "IMAGE_HOSTING_PROVIDER", "picgo",
            "IMAGE_HOSTING_KEY", "chv_hidden_key",
            "IMAGE_HOSTING_URL", server.toString().replace("//", "//someone:hidden%20word@")));
  }

  @Override
  String field() {
    return "source";
  }

  @Override
  Map<String, String> headers() {
    return Map.of(
        "X-API-Key", "chv_hidden_key", "Authorization", "Basic c29tZW9uZTpoaWRkZW4gd29yZA==");
  }

  /** As Chevereto answers. */
  @Override
  String answer(String url) {
    return """
    {"status_code":200,"success":{"message":"image uploaded","code":200},"image":{"name":"a","extension":"png","size":53237,"width":1150,"height":647,"url":"%s","url_viewer":"https://www.picgo.net/image/a.x","display_url":"https://img.example.com/a.md.png"},"status_txt":"OK"}\
    """
        .formatted(url);
  }

  @Test
  void refusalInside_isAFailure() throws IOException {
    var answer =
        """
        {"status_code":400,"error":{"message":"hidden\\nforged","code":101},"image":{"url":"https://img.example.com/a.png"},"status_txt":"Bad Request"}\
        """;
    try (var server = UploadServer.answering(200, answer)) {
      assertThat(failureOf(server)).isEqualTo("an answer of status_code 400");
    }
  }
}
