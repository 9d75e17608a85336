package dev.nectar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandLineTest {

  @Test
  void version_isToldInOneLine() {
    assertThat(CommandLine.answer("--version"))
        .hasValueSatisfying(answer -> assertThat(answer).matches("Nectar [0-9].*"));
  }

  @Test
  void help_namesEverySettingOnce_withItsDefault() {
    var lines = CommandLine.answer("--help").orElseThrow().lines().toList();

    assertThat(lines)
        .contains(
            "Usage: java -jar nectar.jar [--help | --version]",
            "  PROXY_ACCESS_KEY: a secret of your choice, which clients then present",
            "  SHUTDOWN_TIMEOUT=60s",
            "  ADMIN_TOKEN=");
    assertThat(lines.stream().filter(line -> line.matches(" {2}[A-Z0-9_]+[:=].*")))
        .extracting(line -> line.replaceFirst("[:=].*", ""))
        .hasSizeGreaterThan(60)
        .doesNotHaveDuplicates();
  }

  @Test
  void anythingElse_startsTheServer() {
    assertThat(CommandLine.answer()).isEmpty();
    assertThat(CommandLine.answer("--PORT=0", "--spring.profiles.active=demo")).isEmpty();
  }
}
