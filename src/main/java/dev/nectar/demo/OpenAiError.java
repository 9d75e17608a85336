package dev.nectar.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's error object.
 *
 * @param param the parameter at fault, if it is one
 */
record OpenAiError(
    int status, String message, String type, @Nullable String param, @Nullable String code) {

  private static final String REFUSED = "moderation_blocked";

  static OpenAiError of(int status, String message) {
    return new OpenAiError(status, message, "invalid_request_error", null, null);
  }

  static OpenAiError invalid(String param, String message) {
    return new OpenAiError(400, message, "invalid_request_error", param, "invalid_value");
  }

  static OpenAiError unreadableImage() {
    return invalid("image", "An image can't be read.");
  }

  static OpenAiError refused() {
    var message =
        "Your request was rejected by the safety system. If you believe this is an error, reword"
            + " the prompt: in the demo, it is the word 'forbidden' that is refused.";
    return new OpenAiError(400, message, "image_generation_user_error", null, REFUSED);
  }

  boolean isRefusal() {
    return REFUSED.equals(code);
  }

  Answer answer() {
    var error = new LinkedHashMap<String, @Nullable Object>();
    error.put("message", message);
    error.put("type", type);
    error.put("param", param);
    error.put("code", code);
    return Answer.json(status, Map.of("error", error));
  }
}
