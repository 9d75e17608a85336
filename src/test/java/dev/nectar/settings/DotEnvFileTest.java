package dev.nectar.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvFileTest {

  @Test
  void values_ofEveryForm_areRead() {
    var file =
        parse(
            """
            # a comment
            PLAIN=text

              SPACED =  some text  # a comment
            export EXPORTED=1
            HASH=a#b
            EMPTY=
            EMPTY_COMMENT= # nothing
            DOUBLE="two\\nlines, a \\"quote\\", a \\\\ and # no comment" # a comment
            SINGLE='{"https://a": "to\\ken$1"}'
            JSON={"https://a": 1}
            URL=https://a/b?c=d&e=f
            DOLLAR="a$b\\$c"
            """);

    assertThat(file.faults()).isEmpty();
    assertThat(file.values())
        .containsExactly(
            entry("PLAIN", "text"),
            entry("SPACED", "some text"),
            entry("EXPORTED", "1"),
            entry("HASH", "a#b"),
            entry("EMPTY", ""),
            entry("EMPTY_COMMENT", ""),
            entry("DOUBLE", "two\nlines, a \"quote\", a \\ and # no comment"),
            entry("SINGLE", "{\"https://a\": \"to\\ken$1\"}"),
            entry("JSON", "{\"https://a\": 1}"),
            entry("URL", "https://a/b?c=d&e=f"),
            entry("DOLLAR", "a$b$c"));
  }

  @Test
  void quotes_overSeveralLines_keepThem() {
    var file =
        parse(
            """
            MAP='{
              "https://a": "b"
            }'
            TEXT="one
            # two
            three"
            NEXT=1
            """);

    assertThat(file.faults()).isEmpty();
    assertThat(file.values())
        .containsExactly(
            entry("MAP", "{\n  \"https://a\": \"b\"\n}"),
            entry("TEXT", "one\n# two\nthree"),
            entry("NEXT", "1"));
  }

  @Test
  void name_twice_lastCounts() {
    assertThat(parse("A=1\nA=2").values()).containsExactly(entry("A", "2"));
  }

  @Test
  void byteOrderMark_isSkipped() {
    assertThat(parse("\ufeffA=1").values()).containsExactly(entry("A", "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no assignment at all", "1A=b", "A='unclosed", "A=\"closed\" secret"})
  void line_faulty_isReportedWithItsNumberAndNotItsText(String line) {
    var file = parse("A=1\n" + line + "\nB=2");

    assertThat(file.faults())
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.variable()).isEqualTo(".env line 2");
          assertThat(fault.fault()).doesNotContain("secret", "unclosed", "at all");
        });
    assertThat(file.values()).containsEntry("B", "2");
  }

  private static DotEnvFile parse(String text) {
    return DotEnvFile.parse(text.lines().toList());
  }
}
