package dev.nectar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nectar.image.InvalidImageRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentTextTest {

  @ParameterizedTest
  @CsvSource({"a%20b, 'a b'", "%2F, /", "%252F, %2F", "a+b, a+b", "%e7%8C%ab, \u732b", "'', ''"})
  void text_encoded_isDecodedOnce(String encoded, String text) {
    assertThat(PercentText.decode(encoded)).isEqualTo(text);
  }

  @Test
  void bytes_unescaped_areReadAsUtf8() {
    assertThat(PercentText.decode("\u00e7\u008c\u00ab")).isEqualTo("\u732b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%", "%2", "%zz", "%-1", "% 2", "%ff", "%c0%af", "%ed%a0%80", "%\u00b2\u00b2"})
  void text_notPercentEncodedUtf8_isRefused(String encoded) {
    assertThatThrownBy(() -> PercentText.decode(encoded))
        .isInstanceOf(InvalidImageRequestException.class);
  }
}
