package dev.nectar.settings;

import static java.util.stream.Collectors.joining;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains all wrong settings at once. */
class InvalidSettingsAnalyzer extends AbstractFailureAnalyzer<InvalidSettingsException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingsException cause) {
    var faults =
        cause.faults().stream()
            .map(f -> "  %s: %s%n      %s".formatted(f.variable(), f.fault(), f.remedy()))
            .collect(joining(System.lineSeparator()));
    return new FailureAnalysis(
        "These settings are wrong:%n%n%s".formatted(faults),
        "Correct them in the environment or in the file .env of the working directory, and start again.",
        cause);
  }
}
