package dev.nectar.hosting;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.hosting.ImageHost.Hosting;
import dev.nectar.hosting.ImageHost.Hosting.Published;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the hosts promise that take a form and answer in JSON. */
abstract class FormHostContract extends ImageHostContract {

  private static final URI PUBLISHED = URI.create("https://img.example.com/2026/");

  private final UploadServer server =
      server(peer -> {
        var head = new String(peer.upload().body(), ISO_8859_1);
        var fileName = head.replaceFirst("(?s).*?filename=\"(.*?)\".*", "$1");
        peer.answer(200, answer(PUBLISHED + fileName));
      });

  /** The name of the file's field. */
  abstract String field();

  /** A successful answer with this URL, which is fit to stand in JSON. */
  abstract String answer(String url);

  /** The headers of a request that are its own. */
  abstract Map<String, String> headers();

  /** The request's path and query, if it was sent to {@code /upload?to=a}. */
  String target() {
    return "/upload?to=a";
  }

  private static UploadServer server(UploadServer.Script script) {
    try {
      return new UploadServer(script);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void closeServer() throws IOException {
    server.close();
  }

  @Override
  URI workingServer() {
    return server.url("/upload?to=a");
  }

  @Override
  URI publishedUrl(String fileName) {
    return PUBLISHED.resolve(fileName);
  }

  @Override
  void assertStored(String fileName, String mediaType, byte[] bytes) {
    assertThat(server.uploads()).hasSize(1);
    var upload = server.uploads().getFirst();
    assertThat(upload.line()).isEqualTo("POST " + target() + " HTTP/1.1");
    assertThat(upload.header("Accept")).isEqualTo("application/json");
    headers().forEach((name, value) -> assertThat(upload.header(name)).isEqualTo(value));
    assertThat(upload.headers("Transfer-Encoding")).isEmpty();
    assertThat(upload.headers("Expect")).isEmpty();
    assertThat(upload.header("Content-Type")).matches("multipart/form-data; boundary=[\\w-]{1,70}");
    var boundary = upload.header("Content-Type").replaceFirst(".*boundary=", "");
    var form =
        "--%1$s\r\nContent-Disposition: form-data; name=\"%2$s\"; filename=\"%3$s\"\r\nContent-Type: %4$s\r\n\r\n%5$s\r\n--%1$s--\r\n"
            .formatted(boundary, field(), fileName, mediaType, new String(bytes, ISO_8859_1));
    assertThat(new String(upload.body(), ISO_8859_1).equals(form)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "{",
        "null",
        "[]",
        "{}",
        "42",
        "\"https://img.example.com/a.png\"",
        "<html>hidden forged</html>",
        "{\"data\": [], \"image\": [], \"status_code\": 200}",
        "{\"success\": false, \"code\": \"hidden\\nforged\", \"message\": \"hidden\\nforged\"}",
        "[{\"src\": null}]"
      })
  void garbage_isAFailure(String body) throws IOException {
    try (var garbage = UploadServer.answering(200, body)) {
      assertThat(failureOf(garbage)).startsWith("an answer");
    }
  }

  @Test
  void hugeAnswer_isAFailure() throws IOException {
    try (var server =
        new UploadServer(peer -> {
          peer.upload();
          peer.connection().send("HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n");
          while (true) {
            peer.connection().send("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\r\n".repeat(100));
          }
        })) {
      assertThat(failureOf(server)).contains("larger");
    }
  }

  @Test
  void deepAnswer_isAFailure() throws IOException {
    try (var deep = UploadServer.answering(200, "[".repeat(30_000))) {
      assertThat(failureOf(deep)).isEqualTo("an answer that is not JSON");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "ftp://img.example.com/a.png",
        "ftp://img.example.com:21/a.png",
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "file:///etc/passwd",
        "https:///a.png",
        "https:a.png",
        "https://hidden:forged@img.example.com/a.png",
        "https://img.example.com/a b.png",
        "https://img.example.com/a.png\\r\\nSet-Cookie: forged=1",
        "https://img.example.com/\\u0000.png",
        "https://img.example.com/\\u0085.png",
        "https://img.example.com/\\ud800.png",
        "https://[::1/a.png",
        "https://img.example.com/%zz.png"
      })
  void urlToNowhere_isAFailure(String url) throws IOException {
    try (var liar = UploadServer.answering(200, answer(url))) {
      assertThat(failureOf(liar)).startsWith("an answer with");
    }
  }

  @Test
  void urlWithoutEnd_isAFailure() throws IOException {
    var url = "https://img.example.com/" + "a".repeat(2_000);
    try (var liar = UploadServer.answering(200, answer(url))) {
      assertThat(failureOf(liar)).isEqualTo("an answer with a URL of 2,024 characters");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://img.example.com/a.png",
        "HTTPS://img.example.com:8443/a.png?v=1&w=2#x",
        "https://my_bucket.example.com/a%20b.png",
        "https://[2001:db8::1]/a.png"
      })
  void url_isTakenAsItIs(String url) throws IOException {
    assertThat(publish(url)).isEqualTo(new Published(URI.create(url)));
  }

  @Test
  void urlOfAnyScript_isEncoded() throws IOException {
    assertThat(publish("https://img.example.com/图/é.png"))
        .isEqualTo(new Published(URI.create("https://img.example.com/%E5%9B%BE/%C3%A9.png")));
  }

  private Hosting publish(String url) throws IOException {
    var json = answer(url.replace("图", "\\u56fe").replace("é", "\\u00e9"));
    try (var honest = UploadServer.answering(201, json);
        var image = stage(SampleImages.png(300, 1))) {
      return publish(honest.url("/upload"), image, late());
    }
  }
}
