package dev.nectar.server;

import static dev.nectar.server.Lie.file;
import static dev.nectar.server.Lie.image;
import static dev.nectar.server.Lie.json;
import static dev.nectar.server.Lie.link;
import static dev.nectar.server.Lie.painting;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;

import dev.nectar.http.RawServer;
import dev.nectar.image.CraftedImages;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.SampleImages;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;

/** Lies of correct HTTP: no JSON, no Base64, no image, no URL to follow. */
final class ContentLies {

  private static final String HTML = "<!DOCTYPE html><script>alert(1)</script>" + " ".repeat(100);
  private static final String SVG =
      "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>" + " ".repeat(100);
  private static final byte[] PNG = SampleImages.png(3_000, 5);
  private static final String BASE64 = Base64.getEncoder().encodeToString(PNG);

  private ContentLies() {}

  static Stream<Lie> all() {
    return Stream.of(jsons(), base64s(), images(), links()).flatMap(lies -> lies);
  }

  private static Stream<Lie> jsons() {
    return Stream.of(
        json("no json", HTML),
        json("empty", ""),
        json("null", "null"),
        json("empty object", "{}"),
        json("empty array", "[]"),
        json("empty data", "{\"data\":[]}"),
        json("data of null", "{\"data\":[null]}"),
        json("data is a text", "{\"data\":\"image\"}"),
        json("data is an object", "{\"data\":{\"id\":\"7\"}}"),
        json("image is a number", "{\"data\":[{\"b64_json\":5}]}"),
        json("image is an object", "{\"data\":[{\"b64_json\":{}}]}"),
        json("url is a number", "{\"data\":[{\"url\":5}]}"),
        json("url is empty", "{\"data\":[{\"url\":\"\"}]}"),
        json("half of it", painting(BASE64).substring(0, 2_000)),
        json("no closing quote", "{\"data\":[{\"b64_json\":\"" + BASE64),
        json("comma", "{\"data\":[,]}"),
        json("another charset", new String(painting(BASE64).getBytes(UTF_16), ISO_8859_1)),
        json("no charset", "{\"\u00ff\u00fe\":\"\u00c3(\"}"),
        json("empty image", painting("")),
        json("error in a success", "{\"error\":{\"message\":\"overloaded\"}}"));
  }

  private static Stream<Lie> base64s() {
    return Stream.of(
        json("no base64", painting("*".repeat(500))),
        json("base64 with a flaw", painting(BASE64.substring(0, 1_000) + "*" + BASE64)),
        json("base64 that goes on", painting(BASE64.substring(0, 1_000) + "=" + BASE64)),
        json("base64 of one letter", painting("A")),
        json("data url without data", painting("data:image/png;base64,")),
        json("data url without end", painting("data:image/png")),
        json("data url of svg", painting("data:image/svg+xml;base64," + base64(SVG))));
  }

  private static Stream<Lie> images() {
    return Stream.concat(
        Arrays.stream(ImageFormat.values())
            .flatMap(format -> {
              var cut = Arrays.copyOf(SampleImages.bytes(format, 3_000, 5), 2_000);
              var whole = RawServer.ok(new String(cut, ISO_8859_1));
              return Stream.of(
                  image("truncated " + format, cut), file("truncated file " + format, whole));
            }),
        Stream.of(
            image("html", HTML),
            image("svg", SVG),
            image("json", "{\"error\":\"no\"}"),
            image("signature alone", "\u0089PNG\r\n\u001a\n"),
            image("33 megapixels in a row", CraftedImages.png(33_000_000, 1)),
            image("268 megapixels", CraftedImages.webp(CraftedImages.vp8l(16_384, 16_384))),
            image("no pixels", CraftedImages.png(0, 0)),
            image("too large", SampleImages.png(LyingBackEndsTest.MAX_IMAGE_BYTES + 1, 5)),
            file("html file", typed(HTML)),
            file("svg file", typed(SVG)),
            file("empty file", typed("")),
            file("file too large", typed("\u0089PNG\r\n\u001a\n" + "\0".repeat(2_000_000)))));
  }

  private static String typed(String body) {
    return RawServer.ok(body).replaceFirst("\r\n", "\r\nContent-Type: image/png\r\n");
  }

  private static Stream<Lie> links() {
    return Stream.of(
        link("url to a file", "file:///etc/passwd"),
        link("url of ftp", "ftp://127.0.0.1/image.png"),
        link("url of gopher", "gopher://127.0.0.1/image.png"),
        link("url of data", "data:image/png;base64," + BASE64.substring(0, 2_000)),
        link("url of javascript", "javascript:alert(1)"),
        link("url of jar", "jar:http://127.0.0.1/a.jar!/image.png"),
        link("url without scheme", "//127.0.0.1/image.png"),
        link("url without host", "http:///image.png"),
        link("url of spaces", "http://a b c/"),
        link("url with user info", "http://user:pass@127.0.0.1/image.png"),
        link("url without end", "http://127.0.0.1/" + "x".repeat(1_000_000)),
        link("url of nobody", "http://127.0.0.1:1/image.png"));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
  }
}
