package dev.nectar.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any file is read; what is wrong with it is told without a value, which may be a secret. */
class DotEnvFileFuzzTest {

  private static final String NAME = "[A-Za-z_][A-Za-z0-9_.]*";

  @FuzzTest
  void file(byte[] bytes) {
    var text = new String(bytes, UTF_8);
    var lines = text.lines().toList();

    var file = DotEnvFile.parse(lines);

    assertThat(file.values().keySet()).allMatch(name -> name.matches(NAME));
    assertThat(file.values().size() + file.faults().size()).isLessThanOrEqualTo(lines.size());
    assertThat(file.faults())
        .allSatisfy(fault -> {
          assertThat(fault.variable()).matches("\\.env line [1-9][0-9]*");
          assertThat(fault.fault())
              .matches(
                  "The line is no assignment\\."
                      + "|The quotes around "
                      + NAME
                      + " are not closed, or something follows them\\.");
        });
    assertReadBack(String.join("\n", lines));
  }

  private static void assertReadBack(String value) {
    var quoted = value.replace("\\", "\\\\").replace("\"", "\\\"");
    var file = DotEnvFile.parse(("A=\"" + quoted + "\"\nB=b").lines().toList());

    assertThat(file.faults()).isEmpty();
    assertThat(file.values()).containsEntry("A", value).containsEntry("B", "b").hasSize(2);
  }
}
