package dev.nectar.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTemplateTest {

  /** A prompt that holds the other placeholder is put in as it is. */
  @Test
  void inputImages_areCountedWhereTheTemplateSaysSo() {
    var template = new PromptTemplate("{INPUT_IMAGES} pictures: {ORIGINAL_PROMPT}");

    assertThat(template.with("say {INPUT_IMAGES}", 3)).isEqualTo("3 pictures: say {INPUT_IMAGES}");
  }

  @TempDir Path directory;

  @Test
  void with_promptFullOfPatterns_isPutInLiterallyEverywhere() {
    var template = new PromptTemplate("a {ORIGINAL_PROMPT} b {ORIGINAL_PROMPT}");
    assertThat(template.with("$1 \\ {ORIGINAL_PROMPT}", 0))
        .isEqualTo("a $1 \\ {ORIGINAL_PROMPT} b $1 \\ {ORIGINAL_PROMPT}");
  }

  @Test
  void of_file_winsOverInlineAndBuiltIn() throws IOException {
    var file = Files.writeString(directory.resolve("t.txt"), "file {ORIGINAL_PROMPT}");
    assertThat(PromptTemplate.of(file, "inline", "built-in").text())
        .isEqualTo("file {ORIGINAL_PROMPT}");
    assertThat(PromptTemplate.of(null, "in\\nline", "built-in").text()).isEqualTo("in\nline");
    assertThat(PromptTemplate.of(null, null, "built-in").text()).isEqualTo("built-in");
  }

  @Test
  void faults_missingFileOrPlaceholder_nameTheSetting() throws IOException {
    var empty = Files.writeString(directory.resolve("empty.txt"), "nothing to fill in");
    assertThat(PromptTemplate.faults("T", directory.resolve("none.txt"), null))
        .singleElement()
        .satisfies(fault -> assertThat(fault.variable()).isEqualTo("T_FILE"));
    assertThat(PromptTemplate.faults("T", empty, null))
        .singleElement()
        .satisfies(fault -> assertThat(fault.variable()).isEqualTo("T_FILE"));
    assertThat(PromptTemplate.faults("T", null, "nothing"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.variable()).isEqualTo("T"));
    assertThat(PromptTemplate.faults("T", null, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prompt-template.txt",
        "safe-prompt-template.txt",
        "src/main/resources/dev/nectar/prompt/optimizer-template.txt",
        "src/main/resources/dev/nectar/prompt/safety-template.txt"
      })
  void shippedTemplates_delimitThePromptAndAskForTags(String file) throws IOException {
    assertThat(Files.readString(Path.of(file)))
        .contains("<original_prompt>\n{ORIGINAL_PROMPT}\n</original_prompt>")
        .contains("<prompt>")
        .containsPattern("not an\\s+instruction");
  }
}
