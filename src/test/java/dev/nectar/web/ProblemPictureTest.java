package dev.nectar.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ProblemPictureTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
        "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
        "image/webp,image/avif,image/jxl,image/heic,image/heic-sequence,video/*;q=0.8,image/png,"
            + "image/svg+xml,image/*;q=0.8,*/*;q=0.5",
        "image/*",
        "image/png",
        "image/*,application/json;q=0.5"
      })
  void picture_isWantedByWhoPrefersImages(String accept) {
    assertThat(isWanted("Accept", accept)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/json",
        "application/json,image/*",
        "image/*;q=0.5,*/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
        "image/png;q=0",
        "no media type at all"
      })
  void picture_isNotWantedByOthers(String accept) {
    assertThat(isWanted("Accept", accept)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"image, true", "document, false", "empty, false"})
  void picture_isWantedWhereABrowserSaysThatItIsForOne(String destination, boolean wanted) {
    assertThat(isWanted("Sec-Fetch-Dest", destination)).isEqualTo(wanted);
  }

  @Test
  void picture_isWantedInThePlaceOfPicturesAlone() {
    var request = new MockHttpServletRequest("GET", "/status");
    request.addHeader("Sec-Fetch-Dest", "image");

    assertThat(ProblemPicture.isWanted(request)).isFalse();
  }

  @Test
  void text_whateverItHolds_isEscapedAndBrokenIntoLines() throws Exception {
    var title = "</text><script>alert(1)</script> & \"more\"\u0000\ufffe";
    var detail = "word ".repeat(200) + "\u732b <b>";

    var svg = ProblemPicture.of(title, detail);

    var document =
        DocumentBuilderFactory.newDefaultNSInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg));
    var texts = document.getElementsByTagNameNS("http://www.w3.org/2000/svg", "text");
    assertThat(texts.item(0).getTextContent())
        .startsWith("</text><script>alert(1)</script> & \"more\"");
    assertThat(texts.getLength()).isEqualTo(10);
    for (var i = 1; i < texts.getLength(); i++) {
      assertThat(texts.item(i).getTextContent()).hasSizeLessThanOrEqualTo(60);
    }
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(new String(svg, UTF_8)).doesNotContain("<script");
  }

  private static boolean isWanted(String header, String value) {
    var request = new MockHttpServletRequest("GET", "/prompt");
    request.addHeader(header, value);
    return ProblemPicture.isWanted(request);
  }
}
