package dev.nectar.backend.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a back end was asked, by parameter.
 *
 * @param parameters in the order in which they were sent, the prompt among them
 */
record Sent(Map<String, Object> parameters) {

  static final String PROMPT = "prompt";

  static Sent of(String prompt, Map<String, Object> others) {
    var parameters = new LinkedHashMap<String, Object>();
    parameters.put(PROMPT, prompt);
    parameters.putAll(others);
    return new Sent(parameters);
  }

  boolean has(String parameter) {
    return parameters.containsKey(parameter);
  }

  /** As a text; null if it was not sent. */
  @Nullable String value(String parameter) {
    var value = parameters.get(parameter);
    return value == null ? null : value.toString();
  }
}
