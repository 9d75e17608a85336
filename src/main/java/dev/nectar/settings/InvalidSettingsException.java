package dev.nectar.settings;

import java.util.List;

/** Settings that the server can't start with. */
public class InvalidSettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // never serialized
  private final List<SettingFault> faults;

  public InvalidSettingsException(List<SettingFault> faults) {
    super(
        "Invalid settings: "
            + String.join(", ", faults.stream().map(SettingFault::variable).toList()));
    this.faults = faults.stream().distinct().toList(); // several features may bind one variable
  }

  public List<SettingFault> faults() {
    return faults;
  }
}
