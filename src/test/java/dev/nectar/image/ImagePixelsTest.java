package dev.nectar.image;

import static dev.nectar.image.CraftedImages.anmf;
import static dev.nectar.image.CraftedImages.avif;
import static dev.nectar.image.CraftedImages.big;
import static dev.nectar.image.CraftedImages.box;
import static dev.nectar.image.CraftedImages.gif;
import static dev.nectar.image.CraftedImages.gifFrame;
import static dev.nectar.image.CraftedImages.ispe;
import static dev.nectar.image.CraftedImages.join;
import static dev.nectar.image.CraftedImages.jpeg;
import static dev.nectar.image.CraftedImages.jpegFrame;
import static dev.nectar.image.CraftedImages.jpegScan;
import static dev.nectar.image.CraftedImages.png;
import static dev.nectar.image.CraftedImages.pngChunk;
import static dev.nectar.image.CraftedImages.pngFrame;
import static dev.nectar.image.CraftedImages.text;
import static dev.nectar.image.CraftedImages.vp8;
import static dev.nectar.image.CraftedImages.vp8l;
import static dev.nectar.image.CraftedImages.vp8x;
import static dev.nectar.image.CraftedImages.webp;
import static dev.nectar.image.CraftedImages.webpChunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nectar.image.staging.StagingArea;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How many pixels an image has, and how many it may have. */
class ImagePixelsTest {

  private static final int PROGRESSIVE = 0xc2;

  private final StagingArea area;

  ImagePixelsTest(@TempDir Path directory) {
    area = new StagingArea(directory, 100_000);
  }

  private ImageSize pixels(byte[] image) throws IOException {
    try (var staged = SampleImages.stage(area, image)) {
      return staged.pixels();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "animated.gif,9x7",
    "plain.gif,9x7",
    "animated.webp,9x7",
    "lossless.webp,9x7",
    "lossy.webp,9x7",
    "metadata.webp,9x7",
    "plain.avif,9x7",
    "interlaced.png,9x7",
    "plain.png,9x7",
    "plain.jpg,9x7",
    "progressive.jpg,9x7",
    "restarts.jpg,40x30",
    "thumbnail.jpg,9x7"
  })
  void pixels_ofARealEncoder_areThose(String name, String size) throws IOException {
    try (var file = Objects.requireNonNull(getClass().getResourceAsStream(name), name)) {
      assertThat(pixels(file.readAllBytes())).hasToString(size);
    }
  }

  /** What claims a width and a height, in every place where a format has them. */
  interface Claim extends BiFunction<Integer, Integer, byte[]> {}

  static Stream<Named<Claim>> wholes() {
    return Stream.of(
        Named.of("png", (width, height) -> png(width, height)),
        Named.of("jpeg", (width, height) -> jpeg(0xc0, width, height, jpegScan(3))),
        Named.of(
            "progressive jpeg", (width, height) -> jpeg(PROGRESSIVE, width, height, jpegScan(1))),
        Named.of("webp lossless", (width, height) -> webp(vp8l(width, height))),
        Named.of("webp canvas", (width, height) -> webp(vp8x(0, width, height), vp8(2, 3))),
        Named.of("gif", (width, height) -> gif(width, height, gifFrame(2, 3))),
        Named.of("avif", (width, height) -> avif(ispe(width, height))),
        Named.of(
            "avif of parts", (width, height) -> avif(ispe(2, 3), ispe(width, height), ispe(4, 4))),
        Named.of(
            "avif track",
            (width, height) ->
                join(
                    box("ftyp", text("avis\0\0\0\0avis")),
                    box("moov", box("trak", box("tkhd", new byte[76], fixed(width, height)))),
                    box("mdat", new byte[4]))));
  }

  private static byte[] fixed(int width, int height) {
    return join(big(4, (long) width << 16), big(4, (long) height << 16));
  }

  static Stream<Named<Claim>> parts() {
    return Stream.of(
        Named.of("apng frame", (width, height) -> png(2, 3, pngFrame(width, height))),
        Named.of("gif frame", (width, height) -> gif(2, 3, gifFrame(width, height))),
        Named.of(
            "webp lossless in a canvas",
            (width, height) -> webp(vp8x(0, 2, 3), vp8l(width, height))),
        Named.of("webp frame", (width, height) -> webp(vp8x(2, 2, 3), anmf(width, height))),
        Named.of(
            "webp lossless in a frame",
            (width, height) -> webp(vp8x(2, 2, 3), anmf(2, 3, vp8(2, 3), vp8l(width, height)))));
  }

  static Stream<Named<Claim>> places() {
    // More than the bound does not fit into VP8L's fields.
    return Stream.concat(wholes(), parts()).filter(claim -> !claim.getName().contains("lossless"));
  }

  @ParameterizedTest
  @MethodSource("wholes")
  void pixels_ofTheWhole_areWhatItTells(Claim claim) throws IOException {
    assertThat(pixels(claim.apply(640, 480))).isEqualTo(new ImageSize(640, 480));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void pixels_ofAFrame_areNotThoseOfTheWhole(Claim claim) throws IOException {
    assertThat(pixels(claim.apply(640, 480))).isEqualTo(new ImageSize(2, 3));
  }

  @ParameterizedTest
  @MethodSource({"wholes", "parts"})
  void pixels_upToTheBounds_areAccepted(Claim claim) throws IOException {
    assertThat(pixels(claim.apply(16_384, 1))).isNotNull();
    assertThat(pixels(claim.apply(1, 16_384))).isNotNull();
    assertThat(pixels(claim.apply(10_000, 10_000))).isNotNull();
    assertThat(pixels(claim.apply(16_384, 6_103))).isNotNull();
  }

  @ParameterizedTest
  @MethodSource({"wholes", "parts"})
  void pixels_overTheBounds_areRefused(Claim claim) {
    assertRefused(claim.apply(10_000, 10_001));
    assertRefused(claim.apply(16_384, 6_104));
    assertRefused(claim.apply(16_384, 16_384));
  }

  @ParameterizedTest
  @MethodSource("places")
  void edge_overTheBound_isRefused(Claim claim) {
    assertRefused(claim.apply(16_385, 1));
    assertRefused(claim.apply(1, 16_385));
  }

  private void assertRefused(byte[] image) {
    assertThatThrownBy(() -> pixels(image)).isInstanceOf(ImageTooLargeException.class);
  }

  @Test
  void refusal_tellsTheSize() {
    assertThatThrownBy(() -> pixels(png(33_000_000, 1)))
        .isInstanceOf(ImageTooLargeException.class)
        .hasMessage("image of 33000000x1 pixels");
  }

  /** Before the rest is taken. */
  @Test
  void pixels_overTheBounds_areRefusedAsSoonAsTheyAreSeen() throws IOException {
    var image = png(33_000_000, 1, pngChunk("noTe", new byte[10_000]));
    try (var sink = area.open()) {
      assertThatThrownBy(() -> sink.write(image, 0, 100))
          .isInstanceOf(ImageTooLargeException.class);
    }
  }

  static Stream<byte[]> sizeless() {
    return Stream.of(
        png(0, 5),
        png(5, 0),
        join(text("\u0089PNG\r\n\u001a\n"), pngChunk("IDAT", new byte[40]), pngChunk("IEND")),
        jpeg(0xc0, 0, 5, jpegScan(3)),
        jpeg(0xc0, 5, 0, jpegScan(3)),
        join(text("\u00ff\u00d8\u00ff\u00e1\0\4\0\0"), jpegScan(1), text("\u00ff\u00d9")),
        // Decoders take this for tables, and the image that follows for the first one.
        join(jpeg(0xc0, 16, 16), jpeg(PROGRESSIVE, 20_000, 20_000, jpegScan(1))),
        webp(vp8(0, 5)),
        webp(vp8(5, 0)),
        webp(webpChunk("VP8 ", new byte[20])),
        webp(webpChunk("VP8L", new byte[20])),
        webp(webpChunk("VP8X", new byte[9])),
        gif(0, 5),
        avif(),
        avif(ispe(0, 5)),
        avif(box("ispe", new byte[8])),
        join(
            box("ftyp", text("avif\0\0\0\0avif")),
            box("meta", new byte[4]),
            box("mdat", ispe(640, 480))));
  }

  @ParameterizedTest
  @MethodSource("sizeless")
  void image_ofNoSize_isNone(byte[] image) {
    assertThatThrownBy(() -> pixels(image))
        .isInstanceOf(NotAnImageException.class)
        .hasMessage("an image of no size");
  }

  /** A deep nest costs no more than a flat row. */
  @Test
  void boxes_nestedDeeply_areBounded() throws IOException {
    var nest = ispe(20_000, 20_000);
    for (var depth = 0; depth < 1_000; depth++) {
      nest = box("ipco", nest);
    }

    assertThat(pixels(avif(ispe(640, 480), nest))).isEqualTo(new ImageSize(640, 480));
  }

  @Test
  void traits_tellWhetherDecodersHoldTheWhole() throws IOException {
    assertThat(traits(png(2, 3)).buffered()).isFalse();
    assertThat(traits(jpeg(0xc0, 2, 3, jpegScan(3))).buffered()).isFalse();
    assertThat(traits(jpeg(0xc0, 2, 3, jpegScan(1), jpegScan(1))).buffered()).isTrue();
    assertThat(traits(jpeg(PROGRESSIVE, 2, 3, jpegScan(3))).buffered()).isTrue();
    assertThat(traits(webp(vp8(2, 3))).buffered()).isFalse();
    assertThat(traits(webp(vp8l(2, 3))).buffered()).isTrue();
    assertThat(traits(webp(vp8l(2, 3))).losslessBytes()).isZero();
    var alpha = webp(vp8x(16, 2, 3), webpChunk("ALPH", new byte[100]), vp8(2, 3));
    assertThat(traits(alpha).buffered()).isTrue();
    assertThat(traits(alpha).losslessBytes()).isEqualTo(100);
  }

  @Test
  void traits_ofATruncatedImage_areKnownAsFarAsItGoes() throws IOException {
    var head = join(text("\u00ff\u00d8"), jpegFrame(0xc0, 640, 480), jpegScan(3), new byte[100]);

    assertThat(traits(head).size()).isEqualTo(new ImageSize(640, 480));
  }

  private static ImageTraits traits(byte[] image) throws IOException {
    return FormatCheck.read(new ByteArrayInputStream(image));
  }
}
