package dev.nectar.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainPathTest {

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "//, /",
    "'', ''",
    "*, *",
    "/models/, /models",
    "//models//, /models",
    "/image/models/, /image/models",
    "//prompt/a/, /prompt/a/",
    "/prompt//a//, /prompt//a//",
    "/p/, /p/",
    "/prompts/, /prompts"
  })
  void path_losesTheSlashesThatMeanNothing(String sent, String path) {
    assertThat(PlainPath.of(sent)).isEqualTo(path);
  }
}
