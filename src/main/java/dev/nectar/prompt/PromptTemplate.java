package dev.nectar.prompt;

import dev.nectar.settings.SettingFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an LLM is told, with {@value #PLACEHOLDER} wherever the prompt belongs, and {@value
 * #INPUT_IMAGES} for the number of pictures that the new one is made from.
 */
public record PromptTemplate(String text) {

  static final String PLACEHOLDER = "{ORIGINAL_PROMPT}";
  static final String INPUT_IMAGES = "{INPUT_IMAGES}";

  /** The prompt is put in as it is, whatever it holds. */
  public String with(String prompt, int inputImages) {
    return text.replace(INPUT_IMAGES, Integer.toString(inputImages)).replace(PLACEHOLDER, prompt);
  }

  /** Whether it asks for the answer between {@code <prompt>} and {@code </prompt>}. */
  boolean namesTags() {
    return text.toLowerCase(Locale.ROOT).contains("<prompt>");
  }

  /**
   * The file's template, else the inline one (in which {@code \n} is a line break), else the
   * built-in.
   *
   * @throws IOException if the file can't be read as UTF-8
   */
  static PromptTemplate of(@Nullable Path file, @Nullable String inline, String builtIn)
      throws IOException {
    if (file != null) {
      return new PromptTemplate(Files.readString(file));
    }
    return new PromptTemplate(inline == null ? builtIn : inline.replace("\\n", "\n"));
  }

  /** What is wrong with a template that is set by {@code variable} or by {@code variable_FILE}. */
  static Stream<SettingFault> faults(
      String variable, @Nullable Path file, @Nullable String inline) {
    var setting = file == null ? variable : variable + "_FILE";
    try {
      return of(file, inline, PLACEHOLDER).text().contains(PLACEHOLDER)
          ? Stream.empty()
          : Stream.of(
              new SettingFault(
                  setting,
                  "The template does not hold " + PLACEHOLDER + ".",
                  "Put it where the prompt belongs."));
    } catch (IOException e) {
      return Stream.of(
          new SettingFault(
              setting,
              "The file can't be read as UTF-8 text.",
              "Name a text file that this process may read."));
    }
  }
}
