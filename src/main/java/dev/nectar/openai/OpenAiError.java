package dev.nectar.openai;

import dev.nectar.web.Problem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * OpenAI's error object.
 *
 * @param param the parameter at fault; null if it is none of them
 * @param code for machines; null if there is none
 */
public record OpenAiError(
    String message, String type, @Nullable String param, @Nullable String code) {

  private static final String SERVER_ERROR = "server_error";

  /** Both its type and its code. */
  private static final String QUOTA = "insufficient_quota";

  /** The same problem in OpenAI's words. */
  public static OpenAiError of(ProblemDetail problem) {
    var status = problem.getStatus();
    var param = property(problem, Problem.PARAM);
    var code = property(problem, Problem.CODE);
    return new OpenAiError(
        Objects.requireNonNullElse(problem.getDetail(), problem.getTitle() + "."),
        code != null && code.equals(QUOTA) ? QUOTA : type(status),
        param,
        code == null ? code(status, param) : code);
  }

  private static @Nullable String property(ProblemDetail problem, String name) {
    var properties = problem.getProperties();
    return properties == null ? null : Objects.toString(properties.get(name), null);
  }

  private static String type(int status) {
    if (status >= HttpStatus.INTERNAL_SERVER_ERROR.value()) {
      return SERVER_ERROR;
    }
    return status == HttpStatus.TOO_MANY_REQUESTS.value() ? "requests" : "invalid_request_error";
  }

  private static @Nullable String code(int status, @Nullable String param) {
    if (status >= HttpStatus.INTERNAL_SERVER_ERROR.value()) {
      return SERVER_ERROR;
    }
    return param == null ? null : "invalid_value";
  }
}
