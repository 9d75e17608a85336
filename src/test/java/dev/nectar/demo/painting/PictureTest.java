package dev.nectar.demo.painting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureTest {

  private static final Picture PICTURE = new Picture("a cat", 640, 480, 42);

  @ParameterizedTest
  @CsvSource({"15,16", "16,15", "4097,16", "16,4097", "0,0", "-16,16"})
  void edge_outOfRange_isRefused(int width, int height) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Picture("a cat", width, height, 1));
  }

  @Test
  void chance_ofTheSamePicture_isTheSame() {
    assertThat(PICTURE.chance().nextLong())
        .isEqualTo(new Picture("a cat", 640, 480, 42).chance().nextLong());
  }

  @Test
  void chance_ofAnyOtherPicture_isAnother() {
    var others =
        Stream.of(
            new Picture("a dog", 640, 480, 42),
            new Picture("a cat", 641, 480, 42),
            new Picture("a cat", 640, 481, 42),
            new Picture("a cat", 480, 640, 42),
            new Picture("a cat", 640, 480, 43));

    assertThat(others.map(other -> other.chance().nextLong()))
        .doesNotHaveDuplicates()
        .doesNotContain(PICTURE.chance().nextLong());
  }
}
