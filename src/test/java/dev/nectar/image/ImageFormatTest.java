package dev.nectar.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFormatTest {

  @ParameterizedTest
  @EnumSource
  void firstBytes_ofEachFormat_decide(ImageFormat format) {
    var image = SampleImages.bytes(format, 200, 1);

    assertThat(ImageFormat.of(Arrays.copyOf(image, ImageFormat.HEAD_LENGTH))).contains(format);
  }

  @ParameterizedTest
  @EnumSource
  void firstBytes_cutShort_areNoFormat(ImageFormat format) {
    assertThat(ImageFormat.of(Arrays.copyOf(SampleImages.bytes(format, 200, 1), 2))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\0\0\u0014ftypavif\0\0\0\0mif1",
        "\0\0\0\u0014ftypavis\0\0\0\0mif1",
        "\0\0\0\u0014ftypmif1\0\0\0\0avif",
        "\0\0\0 ftypmif1\0\0\0\0mif1miafMA1Bavif"
      })
  void brands_withAvifAnywhere_areAvif(String head) {
    assertThat(ImageFormat.of(head.getBytes(ISO_8859_1))).contains(ImageFormat.AVIF);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\0\0\u0014ftypheic\0\0\0\0mif1",
        "\0\0\0\u0014ftypmp42\0\0\0\0isomavif",
        "\0\0\0\u0014ftypmif1\0\0\0\0miaf\0\0\0\u0014avif",
        "\0\0\0\u0014ftypmif1\0\0\0\0aav if"
      })
  void brands_withoutAvifInTheBox_areNoFormat(String head) {
    assertThat(ImageFormat.of(Arrays.copyOf(head.getBytes(ISO_8859_1), 20))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<!DOCTYPE html><html>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\">",
        "<?xml version=\"1.0\"?><svg>",
        "{\"error\":\"no\"}",
        "RIFF\0\0\0\0WAVE",
        "GIF88a",
        "PNG\r\n",
        " \u0089PNG\r\n\u001a\n"
      })
  void bytes_ofAnythingElse_areNoFormat(String head) {
    assertThat(ImageFormat.of(head.getBytes(ISO_8859_1))).isEmpty();
  }

  @Test
  void mediaTypeAndExtension_ofJpeg_areTheUsualOnes() {
    assertThat(ImageFormat.JPEG.mediaType()).isEqualTo("image/jpeg");
    assertThat(ImageFormat.JPEG.extension()).isEqualTo("jpg");
  }
}
