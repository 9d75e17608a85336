package dev.nectar.backend;

import org.jspecify.annotations.Nullable;

/**
 * What an answer said, for operators.
 *
 * @param status of the answer; 0 if there was none
 * @param code the first of its codes; null if it has none
 * @param message as it came: whoever shows it takes out what must not be seen
 */
public record Evidence(int status, @Nullable String code, String message) {

  public static final Evidence NONE = new Evidence(0, null, "");
}
