package dev.nectar.settings.logging;

import dev.nectar.settings.Setting;

/** How lines of the log are written. */
public record LogSettings(@Setting(value = LogFormat.VARIABLE, fallback = "text") Format format) {

  /** What a line is. */
  public enum Format {
    TEXT,

    /** An object with ECS names. */
    JSON
  }
}
