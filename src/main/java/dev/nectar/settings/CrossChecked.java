package dev.nectar.settings;

import java.util.stream.Stream;

/** A settings record whose components must also agree with each other. */
public interface CrossChecked {

  Stream<SettingFault> faults();
}
