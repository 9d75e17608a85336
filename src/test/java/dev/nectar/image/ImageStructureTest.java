package dev.nectar.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether an image is whole, and its size. The files beside it are the work of real encoders. */
class ImageStructureTest {

  /** PNG up to its second chunk. */
  private static final String PNG =
      "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\0\2\0\0\0\3\u0008\2\0\0\0crc ";

  private static final String IEND = "\0\0\0\0IENDcrc ";

  /** JPEG up to its coded data. */
  private static final String JPEG =
      "\u00ff\u00d8\u00ff\u00c0\0\u0008\u0008\0\3\0\2\1\u00ff\u00da\0\3\1";

  private static final String EOI = "\u00ff\u00d9";
  private static final String GIF = "GIF89a\2\0\3\0\0\0\0";
  private static final String FTYP = "\0\0\0\u0010ftypavif\0\0\0\0";
  private static final String ISPE = "\0\0\0\u0014ispe\0\0\0\0\0\0\0\2\0\0\0\3";

  /** The box {@code meta} behind its header. */
  private static final String ITEM = "\0\0\0\0\0\0\0$iprp\0\0\0\u001cipco" + ISPE;

  private static final String META = "\0\0\0\60meta" + ITEM;
  private static final String VP8 = "VP8 \n\0\0\0\0\0\0\u009d\1*\2\0\3\0";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "animated.gif",
        "plain.gif",
        "animated.webp",
        "lossless.webp",
        "lossy.webp",
        "metadata.webp",
        "plain.avif",
        "interlaced.png",
        "plain.png",
        "plain.jpg",
        "progressive.jpg",
        "restarts.jpg",
        "thumbnail.jpg"
      })
  void imageOfARealEncoder_isWholeAtItsLastByteAndNotBefore(String name) throws IOException {
    var image = bytes(name);

    assertThat(isWhole(image)).isTrue();
    var last = lacksPadding(name) ? image.length - 1 : image.length;
    for (var length = ImageFormat.HEAD_LENGTH; length < last; length++) {
      assertThat(isWhole(Arrays.copyOf(image, length))).as("%d bytes", length).isFalse();
    }
  }

  /** Its last chunk is of odd length: the last byte is padding. */
  private static boolean lacksPadding(String name) {
    return name.equals("lossless.webp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.gif", "lossy.webp", "plain.avif", "plain.png", "plain.jpg"})
  void bytesBehindTheEnd_areNobodysConcern(String name) throws IOException {
    for (var more : new String[] {"\n", "\r\n", "\0\0\0\0\0\0\0\0\0", JPEG, PNG, "RIFF"}) {
      assertThat(isWhole(joined(bytes(name), more.getBytes(ISO_8859_1)))).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void sample_ofAnyLength_isWhole(ImageFormat format) throws IOException {
    for (var length = SampleImages.MIN_BYTES; length < 700; length++) {
      var sample = SampleImages.bytes(format, length, length);
      assertThat(isWhole(sample)).as("%d bytes", length).isTrue();
      assertThat(isWhole(Arrays.copyOf(sample, length - 2))).as("%d bytes", length).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PNG + "\0\0\0\u000cIDAT" + IEND + "crc " + IEND,
        PNG + "\0\0\0\u0001IENDxcrc ",
        JPEG + "scan\u00ff\u00ff\u00ff\u00d9",
        JPEG + "scan\u00ff\0\u00ff\u00d0\u00ff\u00d7\u00ff\u0001more" + EOI,
        JPEG + "scan\u00ff\u00c4\0\4" + EOI + "stray" + EOI,
        JPEG + "scan\u00ff\u00c4\0\0" + EOI,
        GIF + "\0\0;",
        GIF + "!\u00fe\1;\0;",
        GIF + ",\0\0\0\0\0\0\0\0\u0080\0\0\0\0\0\0\2\1;\0;",
        "GIF87a\2\0\3\0\u0080\0\0;;;;;;;",
        FTYP + "\0\0\0\bmdat" + META,
        FTYP + META + "\0\0\0\1mdat\0\0\0\0\0\0\0\u0012xx",
        FTYP + META + "\0\0\0\0mdat",
        FTYP + "\0\0\0\3skip\0\0\0\1skip\u00ff\0\0\0\0\0\0\0" + META + "\0\0\0\bmdat",
        FTYP + "\0\0\0\1meta\0\0\0\0\0\0\0\70" + ITEM + "\0\0\0\bmdat",
        "RIFF\u0018\0\0\0WEBPVP8 \u000b\0\0\0\0\0\0\u009d\1*\2\0\3\0x",
        "RIFF\u0017\0\0\0WEBPVP8 \u000b\0\0\0\0\0\0\u009d\1*\2\0\3\0x",
        "RIFF\u0018\0\0\0WEBP" + VP8 + "\0\0",
        "RIFF\u001e\0\0\0WEBP" + VP8 + "VP8 \0\0\0\0",
        "RIFF\0\0\0\0WEBP" + VP8
      })
  void image_withItsOwnEnd_isWhole(String image) throws IOException {
    assertThat(isWhole(image.getBytes(ISO_8859_1))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PNG,
        PNG + "\0\0\0\u000cIDAT" + IEND + "crc ",
        PNG + "\0\0\0\0IENDcrc",
        PNG + "\u00ff\u00ff\u00ff\u00ffIDAT" + IEND,
        "\u00ff\u00d8\u00ff",
        "\u00ff\u00d8\u00ff\u00e1\0\6" + EOI + EOI,
        JPEG + "scan\u00ff",
        JPEG + "scan\u00ff\0\u00d9",
        GIF,
        GIF + "!\u00fe\1;\0",
        GIF + "!\u00fe\3\0;;",
        GIF + ",\0\0\0\0\0\0\0\0\0\2\0",
        "GIF87a\2\0\3\0\u0081\0\0;;;;;;;;;;;;",
        FTYP,
        FTYP + META,
        FTYP + "\0\0\0\bmdat",
        FTYP + META + "\0\0\0\tmdat",
        FTYP + "\0\0\0\bmeta\0\0\0\1mdat\0\0\0\0\0\0\0\u0011",
        FTYP + "\0\0\0\u0014meta\0\0\0\0\0\0\0\u0010iprp\0\0\0\bmdat",
        "RIFF\u0016\0\0\0WEBPVP8 \n\0\0\0\0\0\0\u009d\1*\2\0\3",
        "RIFF\u001e\0\0\0WEBP" + VP8 + "VP8 \0\0\0",
        "RIFF.\0\0\0WEBPANMF\u001a\0\0\0" + "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" + VP8,
        "RIFF\0\0\0\0WEBP"
      })
  void image_withoutItsOwnEnd_isTruncated(String image) {
    assertThatThrownBy(() -> traits(image.getBytes(ISO_8859_1), 1000))
        .isInstanceOf(TruncatedImageException.class)
        .hasMessage("truncated image");
  }

  @Test
  void bytesOfNoImage_areRefusedAsSoonAsTheyAreSeen() {
    var check = new FormatCheck();

    assertThatThrownBy(() -> check.pass("<svg>".repeat(20).getBytes(ISO_8859_1), 0, 100))
        .isInstanceOf(NotAnImageException.class);
  }

  /** Whatever the pieces are that it comes in. */
  private static boolean isWhole(byte[] image) throws IOException {
    var verdict = isWhole(image, image.length);
    for (var piece = 1; piece < 20; piece += 6) {
      assertThat(isWhole(image, piece)).as("in pieces of %d bytes", piece).isEqualTo(verdict);
    }
    return verdict;
  }

  private static boolean isWhole(byte[] image, int piece) throws IOException {
    try {
      assertThat(traits(image, piece)).isNotNull();
      return true;
    } catch (TruncatedImageException e) {
      return false;
    }
  }

  private static ImageTraits traits(byte[] image, int piece) throws IOException {
    var check = new FormatCheck();
    for (var at = 0; at < image.length; at += piece) {
      check.pass(image, at, Math.min(piece, image.length - at));
    }
    return check.finish();
  }

  private static byte[] bytes(String name) throws IOException {
    try (var file = ImageStructureTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    }
  }

  private static byte[] joined(byte[] one, byte[] other) {
    var joined = new ByteArrayOutputStream();
    joined.writeBytes(one);
    joined.writeBytes(other);
    return joined.toByteArray();
  }
}
