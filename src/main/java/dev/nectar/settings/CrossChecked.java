package dev.nectar.settings;

import java.util.stream.Stream;

/** A settings record that has more to say of its components than each of them by itself. */
public interface CrossChecked {

  /** What must not be. */
  Stream<SettingFault> faults();

  /** What may be, but is hardly meant; told at the start, without a secret. */
  default Stream<String> warnings() {
    return Stream.empty();
  }
}
