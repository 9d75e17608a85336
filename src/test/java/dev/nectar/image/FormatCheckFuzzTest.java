package dev.nectar.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Any bytes are judged the same in whatever pieces they come, and for good once they are whole. */
class FormatCheckFuzzTest {

  @FuzzTest
  void bytes(byte[] bytes) throws IOException {
    var traits = traits(bytes, bytes.length + 1);

    assertThat(traits(bytes, 1)).isEqualTo(traits);
    assertThat(traits(bytes, 7)).isEqualTo(traits);
    if (traits.isPresent()) {
      var head = Arrays.copyOf(bytes, Math.min(bytes.length, ImageFormat.HEAD_LENGTH));
      assertThat(ImageFormat.of(head)).isEqualTo(traits.map(ImageTraits::format));
      assertThat(traits.get().size().area()).isBetween(1L, ImageSize.MAX_REAL_PIXELS);
      assertThat(traits(Arrays.copyOf(bytes, bytes.length + 100), 50)).isEqualTo(traits);
    }
  }

  /** Empty if it is no image, not a whole one or too large. */
  private static Optional<ImageTraits> traits(byte[] bytes, int piece) throws IOException {
    var check = new FormatCheck();
    try {
      for (var at = 0; at < bytes.length; at += piece) {
        check.pass(bytes, at, Math.min(piece, bytes.length - at));
      }
      return Optional.of(check.finish());
    } catch (NotAnImageException | TruncatedImageException | ImageTooLargeException e) {
      return Optional.empty();
    }
  }
}
