package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an image is answered: headers, conditions, ranges. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageAnswersTest {

  private final byte[] png = SampleImages.png(5_000, 1);
  private final Painter painter = Painter.start();
  private final NectarServer nectar;

  ImageAnswersTest(@TempDir Path cache) {
    nectar = NectarServer.start(cache, painter.url());
  }

  @BeforeEach
  void paint() {
    painter.paints(png);
  }

  @AfterAll
  void stop() {
    nectar.close();
    painter.close();
  }

  @Test
  void image_first_hasEveryHeader() throws Exception {
    var answer = nectar.image("a Red_Apple, sliced!");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(png);
    assertThat(header(answer, "Content-Type")).isEqualTo("image/png");
    assertThat(header(answer, "Content-Length")).isEqualTo("5000");
    var digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(png));
    assertThat(header(answer, "ETag")).isEqualTo('"' + digest + '"');
    assertThat(header(answer, "Cache-Control")).isEqualTo("private, max-age=31536000, immutable");
    assertThat(header(answer, "Content-Disposition"))
        .isEqualTo("inline; filename=\"a-red-apple-sliced.png\"");
    assertThat(header(answer, "X-Cache")).isEqualTo("MISS");
    assertThat(header(answer, "X-Seed")).isEqualTo("42");
    assertThat(header(answer, "X-Image-Source")).isEqualTo("backend");
    assertThat(header(answer, "X-Image-Size")).isEqualTo("640x480");
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
    assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(answer, "X-Request-Id")).isNotEmpty();
  }

  @Test
  void image_again_isHitWithTheSameBytesAndNoCall() throws Exception {
    var first = nectar.image("again");
    var second = nectar.image("again");

    assertThat(header(second, "X-Cache")).isEqualTo("HIT");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(header(second, "ETag")).isEqualTo(header(first, "ETag"));
    assertThat(header(second, "X-Image-Size")).isEqualTo("640x480");
    assertThat(header(second, "X-Request-Id")).isNotEqualTo(header(first, "X-Request-Id"));
    assertThat(painter.calls()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void contentType_isThatOfTheBytes_notOfTheClaim(ImageFormat format) throws Exception {
    var image = SampleImages.bytes(format, 300, 2);
    painter.answers(Painter.painting(image).withHeader("Content-Type", "text/html"));

    var answer = nectar.image("format " + format);

    assertThat(header(answer, "Content-Type")).isEqualTo(format.mediaType());
    assertThat(header(answer, "Content-Disposition")).endsWith("." + format.extension() + '"');
    assertThat(answer.body()).isEqualTo(image);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*", "\"a,b\",W/%s"})
  void ifNoneMatch_ofTheImage_is304(String condition) throws Exception {
    var etag = header(nectar.image("etag"), "ETag");

    var answer = nectar.image("etag", "If-None-Match", condition.formatted(etag));

    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
    assertThat(header(answer, "ETag")).isEqualTo(etag);
    assertThat(header(answer, "X-Image-Size")).isEqualTo("640x480");
    assertThat(header(answer, "Cache-Control")).contains("immutable");
  }

  @Test
  void image_variesWithWhatIsAccepted() throws Exception {
    assertThat(header(nectar.image("an apple"), "Vary")).contains("Accept");
  }

  @Test
  void ifNoneMatch_ofAnotherImage_is200() throws Exception {
    var answer = nectar.image("etag", "If-None-Match", "\"other\"");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(png);
  }

  @Test
  void head_hasTheHeadersOfGetAndNoBody() throws Exception {
    var answer = nectar.send("HEAD", NectarServer.target("head"), "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(header(answer, "Content-Length")).isEqualTo("5000");
    assertThat(header(answer, "Content-Type")).isEqualTo("image/png");
    assertThat(header(nectar.image("head"), "X-Cache")).isEqualTo("HIT");
  }

  @ParameterizedTest
  @CsvSource({
    "0-0,0,0",
    "10-19,10,19",
    "4990-,4990,4999",
    "-10,4990,4999",
    "4000-9999,4000,4999",
    "-9000,0,4999"
  })
  void range_satisfiable_is206(String range, int first, int last) throws Exception {
    var answer = nectar.image("ranges", "Range", "bytes=" + range);

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(header(answer, "Content-Range"))
        .isEqualTo("bytes %d-%d/5000".formatted(first, last));
    assertThat(header(answer, "Content-Length")).isEqualTo(Integer.toString(last - first + 1));
    assertThat(header(answer, "X-Image-Size")).isEqualTo("640x480");
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(png, first, last + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=5000-", "bytes=9000-9001", "bytes=-0"})
  void range_notSatisfiable_is416(String range) throws Exception {
    var answer = nectar.image("ranges", "Range", range);

    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(header(answer, "Content-Range")).isEqualTo("bytes */5000");
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"items=0-1", "bytes=0-1,5-6"})
  void range_ofAnotherUnitOrSeveral_is200WithAll(String range) throws Exception {
    var answer = nectar.image("ranges", "Range", range);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(png);
  }

  @Test
  void ifRange_decidesWhetherTheRangeCounts() throws Exception {
    var etag = header(nectar.image("if-range"), "ETag");

    assertThat(nectar.image("if-range", "Range", "bytes=0-4", "If-Range", etag).statusCode())
        .isEqualTo(206);
    assertThat(nectar.image("if-range", "Range", "bytes=0-4", "If-Range", "\"x\"").statusCode())
        .isEqualTo(200);
    assertThat(nectar.image("if-range", "Range", "bytes=0-4", "If-Range", "W/" + etag).statusCode())
        .isEqualTo(200);
  }

  @Test
  void seed_drawn_isToldNotToBeStoredAndCanBeAskedForAgain() throws Exception {
    var target = NectarServer.target("chance");
    var drawn = nectar.get(target + "&seed=-1");
    var another = nectar.get(target + "&seed=-1");

    assertThat(header(drawn, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(another, "X-Seed")).isNotEqualTo(header(drawn, "X-Seed"));
    var again = nectar.get(target + "&seed=" + header(drawn, "X-Seed"));
    assertThat(header(again, "X-Cache")).isEqualTo("HIT");
    assertThat(header(again, "Cache-Control")).contains("immutable");
  }

  @Test
  void post_ofWhatWasGot_isHit() throws Exception {
    assertThat(nectar.image("got").statusCode()).isEqualTo(200);
    var posted = nectar.send("POST", "/prompt?key=" + NectarServer.KEY, "{\"prompt\":\"got\"}");

    assertThat(header(posted, "X-Cache")).isEqualTo("HIT");
    assertThat(posted.body()).isEqualTo(png);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Dest, image",
    "Accept, 'image/avif,image/webp,image/svg+xml,image/*,*/*;q=0.8'"
  })
  void failure_askedByAnImgElement_isAPictureOfTheReason(String name, String value)
      throws Exception {
    painter.answers(WireMock.serverError());

    var answer = nectar.image("failure for a page", name, value);

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(header(answer, "Content-Type")).isEqualTo("image/svg+xml");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
    assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(answer, "X-Request-Id")).isNotEmpty();
    assertThat(NectarServer.text(answer))
        .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
        .contains("No image could be made", "These stages failed: back ends");
    var wrongKey = nectar.get("/p/a?key=wrong", name, value);
    assertThat(wrongKey.statusCode()).isEqualTo(401);
    assertThat(NectarServer.text(wrongKey)).contains("Wrong or missing key");
  }

  @Test
  void failure_isProblem502WithoutAWordOfTheBackend() throws Exception {
    painter.answers(WireMock.serverError().withBody("the inner secret of the back end"));

    var answer = nectar.image("failure");

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(NectarServer.json(answer).get("detail").asString()).contains("back ends");
    assertThat(NectarServer.text(answer)).doesNotContain("localhost", "inner secret");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
  }
}
