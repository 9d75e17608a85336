package dev.nectar.web.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {

  @ParameterizedTest
  @CsvSource({
    "A red Apple, a-red-apple",
    "../../etc/passwd, etc-passwd",
    "'a\"; filename=\"b', a-filename-b",
    "'a\r\nb', a-b",
    "\u732b, image",
    "--, image",
    "1 + 1, 1-1"
  })
  void name_holdsLettersDigitsAndHyphens(String prompt, String name) {
    assertThat(FileName.of(prompt)).isEqualTo(name);
  }

  @Test
  void name_isShort() {
    assertThat(FileName.of("a".repeat(500))).hasSize(60);
    assertThat(FileName.of("a".repeat(59) + " b")).isEqualTo("a".repeat(59));
  }
}
