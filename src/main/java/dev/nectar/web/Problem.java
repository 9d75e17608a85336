package dev.nectar.web;

import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.GenerationResult.Failed.Reason;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Why a client has no image. */
public enum Problem {
  INVALID_REQUEST(HttpStatus.BAD_REQUEST, "Invalid request"),
  CONTENT_REFUSED(HttpStatus.BAD_REQUEST, "Content refused", "content_policy_violation"),
  INVALID_IMAGE_URL(HttpStatus.BAD_REQUEST, "Invalid request", "invalid_image_url"),
  DOWNLOAD_FAILED(HttpStatus.BAD_REQUEST, "Invalid request", "failed_to_download_image"),
  IMAGE_TOO_LARGE(HttpStatus.BAD_REQUEST, "Invalid request", "image_too_large"),
  UNSUPPORTED_IMAGE(HttpStatus.BAD_REQUEST, "Invalid request", "unsupported_image_media_type"),
  WRONG_KEY(HttpStatus.UNAUTHORIZED, "Wrong or missing key", "invalid_api_key"),
  SIGNING_OFF(HttpStatus.FORBIDDEN, "Signed URLs are off"),
  FOREIGN_PAGE(HttpStatus.FORBIDDEN, "Not for this page"),
  MODEL_NOT_ALLOWED(HttpStatus.FORBIDDEN, "Not for this key"),
  BUDGET_USED_UP(HttpStatus.PAYMENT_REQUIRED, "The budget is used up", "insufficient_quota"),
  QUOTA_USED_UP(HttpStatus.TOO_MANY_REQUESTS, "The budget is used up", "insufficient_quota"),
  NOT_KEPT(HttpStatus.NOT_FOUND, "Not kept any more"),
  NOT_OFFERED(HttpStatus.NOT_FOUND, "Not offered"),
  NOT_THAT_IMAGE(HttpStatus.PRECONDITION_FAILED, "Not that image"),
  MODEL_NOT_KNOWN(HttpStatus.NOT_FOUND, "Model not known", "model_not_found"),
  RANGE_NOT_SATISFIABLE(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "Range not satisfiable"),
  RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "Too many images made for you", "rate_limit_exceeded"),
  HOST_FAILED(HttpStatus.BAD_GATEWAY, "The image host failed"),
  GENERATION_FAILED(HttpStatus.BAD_GATEWAY, "No image could be made"),
  OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "Too many generations at once"),
  LEDGER_UNREADABLE(HttpStatus.SERVICE_UNAVAILABLE, "The ledger can't be read"),
  BACKENDS_OUT_OF_BUDGET(HttpStatus.SERVICE_UNAVAILABLE, "The budget of all back ends is used up"),
  SHUTTING_DOWN(HttpStatus.SERVICE_UNAVAILABLE, "Shutting down"),
  GENERATION_TIMED_OUT(HttpStatus.GATEWAY_TIMEOUT, "Out of time");

  /** The property that names the parameter at fault, if one is. */
  public static final String PARAM = "param";

  /** The property that is for machines, as OpenAI has it. */
  public static final String CODE = "code";

  private static final String RETRY_SECONDS = "5";

  private static final String CACHED_IS_SERVED = "What is cached already is served all the same.";

  private final HttpStatus status;
  private final String title;
  private final @Nullable String code;

  Problem(HttpStatus status, String title) {
    this(status, title, null);
  }

  Problem(HttpStatus status, String title, @Nullable String code) {
    this.status = status;
    this.title = title;
    this.code = code;
  }

  private static ErrorResponseException rateLimited(Duration retryAfter) {
    return after(
        retryAfter,
        seconds ->
            RATE_LIMITED.because(
                "%s Another image may be made in %d s.".formatted(CACHED_IS_SERVED, seconds)));
  }

  /** Whoever waits as long as told is let in: rounded up. */
  private static ErrorResponseException after(
      Duration retryAfter, LongFunction<ErrorResponseException> problem) {
    var seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
    var exception = problem.apply(seconds);
    exception.getHeaders().set("Retry-After", Long.toString(seconds));
    return exception;
  }

  /**
   * To be thrown by the one of the two that the request's API has for it.
   *
   * @param retryAfter null: nothing is ever left again
   */
  public ErrorResponseException usedUp(@Nullable Duration retryAfter) {
    var cached = "The budget of this key is used up. " + CACHED_IS_SERVED + " ";
    return retryAfter == null
        ? because(cached + "Nothing more is made for this key.")
        : after(
            retryAfter,
            seconds -> because(cached + "More may be made in %d s.".formatted(seconds)));
  }

  public static ErrorResponseException of(GenerationResult.NoImage reason) {
    return switch (reason) {
      case GenerationResult.Failed(_, var why) when why == Reason.PROMPT_TOO_LONG ->
          INVALID_REQUEST.because("prompt", "The prompt is too long for all that were asked.");
      case GenerationResult.Failed(var stages, _) ->
          GENERATION_FAILED.because("These stages failed: " + stages + ".");
      case GenerationResult.TimedOut _ ->
          GENERATION_TIMED_OUT.because("The time for one generation ran out.");
      case GenerationResult.InputsGone _ ->
          NOT_KEPT.because(
              "The image is not kept any more, and what it was made from was never kept.");
      case GenerationResult.CallerGone _, GenerationResult.Overloaded _ ->
          OVERLOADED.because("Try again a little later.");
      case GenerationResult.RateLimited(var retryAfter) -> rateLimited(retryAfter);
      case GenerationResult.ModelNotAllowed _ ->
          MODEL_NOT_ALLOWED.because("This key is not for the model that was asked for.");
      case GenerationResult.BudgetUsedUp(var retryAfter) -> BUDGET_USED_UP.usedUp(retryAfter);
      case GenerationResult.LedgerUnreadable _ -> ledgerUnreadable();
      case GenerationResult.BackendsOutOfBudget(var retryAfter) ->
          after(
              retryAfter,
              _ ->
                  BACKENDS_OUT_OF_BUDGET.because(
                      "All back ends have used up their budgets. " + CACHED_IS_SERVED));
      case GenerationResult.ShuttingDown _ -> SHUTTING_DOWN.because("The server is shutting down.");
    };
  }

  /** To be thrown at whoever might have a key. */
  public static ErrorResponseException ledgerUnreadable() {
    return LEDGER_UNREADABLE.because("What this key may have is not known now. Try again later.");
  }

  /** Whether it is the picture that others were to be made from. */
  static boolean isOfInput(ProblemDetail problem) {
    return Stream.of(INVALID_IMAGE_URL, DOWNLOAD_FAILED, IMAGE_TOO_LARGE, UNSUPPORTED_IMAGE)
        .anyMatch(known -> Objects.equals(known.code, code(problem)));
  }

  static @Nullable Object code(ProblemDetail problem) {
    return problem.getProperties() == null ? null : problem.getProperties().get(CODE);
  }

  /**
   * To be thrown.
   *
   * @param parameter of the request that is at fault; null if it is not known
   */
  public ErrorResponseException because(@Nullable String parameter, String detail) {
    var exception = because(detail);
    exception.getBody().setProperty(PARAM, parameter);
    return exception;
  }

  /** To be thrown. */
  public ErrorResponseException because(String detail) {
    var body = ProblemDetail.forStatusAndDetail(status, detail);
    body.setTitle(title);
    body.setProperty(CODE, code);
    var exception = new ErrorResponseException(status, body, null);
    if (status == HttpStatus.SERVICE_UNAVAILABLE) {
      exception.getHeaders().set("Retry-After", RETRY_SECONDS);
    } else if (status == HttpStatus.UNAUTHORIZED) {
      exception.getHeaders().set("WWW-Authenticate", "Bearer");
    } else if (this == CONTENT_REFUSED || this == QUOTA_USED_UP) {
      // OpenAI's clients heed it.
      exception.getHeaders().set("x-should-retry", "false");
    }
    return exception;
  }
}
