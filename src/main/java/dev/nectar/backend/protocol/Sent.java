package dev.nectar.backend.protocol;

import dev.nectar.image.staging.InputImages;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a back end was asked, by parameter.
 *
 * @param parameters in the order in which they were sent, the prompt among them
 * @param inputs to paint from; their mask was sent only if it is among the parameters
 * @param isForInputs whether it was asked where only requests with inputs go
 */
record Sent(Map<String, Object> parameters, InputImages inputs, boolean isForInputs) {

  static final String PROMPT = "prompt";
  static final String MASK = "mask";

  /** Without inputs. */
  static Sent of(String prompt, Map<String, Object> others) {
    return of(prompt, others, InputImages.NONE, false);
  }

  static Sent of(
      String prompt, Map<String, Object> others, InputImages inputs, boolean isForInputs) {
    var parameters = new LinkedHashMap<String, Object>();
    parameters.put(PROMPT, prompt);
    parameters.putAll(others);
    return new Sent(parameters, inputs, isForInputs);
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
