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
    var format = format(bytes, bytes.length + 1);

    assertThat(format(bytes, 1)).isEqualTo(format);
    assertThat(format(bytes, 7)).isEqualTo(format);
    if (format.isPresent()) {
      var head = Arrays.copyOf(bytes, Math.min(bytes.length, ImageFormat.HEAD_LENGTH));
      assertThat(ImageFormat.of(head)).isEqualTo(format);
      assertThat(format(Arrays.copyOf(bytes, bytes.length + 100), 50)).isEqualTo(format);
    }
  }

  /** Empty if it is no image or not a whole one. */
  private static Optional<ImageFormat> format(byte[] bytes, int piece) throws IOException {
    var check = new FormatCheck();
    try {
      for (var at = 0; at < bytes.length; at += piece) {
        check.pass(bytes, at, Math.min(piece, bytes.length - at));
      }
      return Optional.of(check.finish());
    } catch (NotAnImageException | TruncatedImageException e) {
      return Optional.empty();
    }
  }
}
