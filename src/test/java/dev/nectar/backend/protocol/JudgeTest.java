package dev.nectar.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.Refused;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One real-shaped error answer a row. */
class ErrorJudgeTest {

  static Stream<Arguments> refusals() {
    return Stream.of(
        argumentSet(
            "OpenAI gpt-image",
            400,
            """
            {"error":{"message":"Your request was rejected by the safety system. If you believe this is an error, contact us at help.openai.com and include the request ID req_1. safety_violations=[sexual].","type":"image_generation_user_error","param":null,"code":"moderation_blocked"}}\
            """),
        argumentSet(
            "OpenAI DALL-E",
            400,
            """
            {"error":{"code":"content_policy_violation","message":"Your request was rejected as a result of our safety system. Image descriptions generated from your prompt may contain text that is not allowed by our safety system.","param":null,"type":"invalid_request_error"}}\
            """),
        argumentSet(
            "OpenAI user error about moderation",
            400,
            """
            {"error":{"message":"The request did not pass moderation.","type":"image_generation_user_error","param":null,"code":null}}\
            """),
        argumentSet(
            "Azure content filter",
            400,
            """
            {"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.","type":null,"param":"prompt","code":"content_filter","status":400}}\
            """),
        argumentSet(
            "Azure inner error",
            400,
            """
            {"error":{"code":"contentFilter","message":"Your task failed.","inner_error":{"code":"ResponsibleAIPolicyViolation","content_filter_results":{"hate":{"filtered":false,"severity":"safe"}}}}}\
            """),
        argumentSet(
            "Azure innererror",
            400,
            """
            {"error":{"code":"invalid_request","message":"Rejected.","innererror":{"code":"ResponsibleAIPolicyViolation"}}}\
            """),
        argumentSet("Black Forest Labs", 422, "{\"id\":\"1\",\"status\":\"Request Moderated\"}"),
        argumentSet("Black Forest Labs, output", 400, "{\"status\":\"Content Moderated\"}"),
        argumentSet(
            "DashScope",
            400,
            """
            {"code":"DataInspectionFailed","message":"Input data may contain inappropriate content.","request_id":"1"}\
            """),
        argumentSet(
            "DashScope, compatible mode",
            400,
            """
            {"error":{"message":"Input text data may contain inappropriate content.","type":"data_inspection_failed","param":null,"code":"data_inspection_failed"}}\
            """),
        argumentSet(
            "Replicate",
            422,
            """
            {"detail":"NSFW content detected. Try running it again, or try a different prompt."}\
            """),
        argumentSet(
            "Fireworks",
            400,
            """
            {"error":{"object":"error","type":"invalid_request_error","message":"The image was filtered by safety checks."}}\
            """),
        argumentSet(
            "Pollinations",
            422,
            """
            {"status":422,"success":false,"error":{"code":"safety_error","message":"The prompt was rejected."}}\
            """),
        argumentSet(
            "relay, message only",
            400,
            "{\"message\":\"Your prompt violates our Content Policy.\"}"),
        argumentSet(
            "relay, error a string", 403, "{\"error\":\"ContentModerationError: rejected\"}"),
        argumentSet(
            "relay, empty param",
            400,
            """
            {"error":{"message":"[IMAGE_SAFETY] no image","type":"upstream_error","param":"","code":""}}\
            """),
        argumentSet(
            "relay, about the user's prompt",
            400,
            """
            {"error":{"message":"The user prompt was blocked.","code":"content_policy_violation"}}\
            """),
        argumentSet(
            "relay, message about the user's prompt",
            400,
            "{\"message\":\"The user's prompt was blocked by the content policy.\"}"),
        argumentSet("plain text", 451, "Blocked by content policy"),
        argumentSet("FastAPI", 400, "{\"detail\":\"Rejected by the safety system\"}"),
        argumentSet(
            "FastAPI, array",
            422,
            """
            {"detail":[{"loc":["body","prompt"],"msg":"violates the content policy","type":"value_error"}]}\
            """),
        argumentSet(
            "FastAPI, object", 400, "{\"detail\":{\"error\":{\"code\":\"content_filter\"}}}"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusal_isCertain(int status, String body) {
    assertThat(judge(status, body))
        .usingRecursiveComparison()
        .withStrictTypeChecking()
        .ignoringFields("evidence", "sizes")
        .isEqualTo(new Refused(true, Evidence.NONE));
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        argumentSet(
            "account blocked",
            403,
            "{\"error\":{\"message\":\"Your account was blocked for violating our content policy.\"}}"),
        argumentSet(
            "account deactivated",
            400,
            "{\"error\":{\"message\":\"The organization has been deactivated.\"}}"),
        argumentSet(
            "moderation out of order",
            400,
            "{\"error\":{\"message\":\"Moderation service unavailable\"}}"),
        argumentSet(
            "safety check out of order",
            422,
            "{\"error\":{\"message\":\"The safety system timed out.\"}}"),
        argumentSet(
            "billing",
            400,
            """
            {"error":{"message":"Billing hard limit has been reached","type":"image_generation_user_error","code":"billing_hard_limit_reached"}}\
            """),
        argumentSet("payment", 402, "{\"error\":\"Insufficient credits\"}"),
        argumentSet("key", 401, "{\"error\":{\"code\":\"invalid_api_key\"}}"),
        argumentSet(
            "model away",
            404,
            "{\"error\":{\"code\":\"model_not_found\",\"message\":\"The model 'm' does not exist\"}}"),
        argumentSet("rate", 429, "{\"error\":{\"message\":\"content policy rate\"}}"),
        argumentSet("server", 500, "{\"error\":{\"message\":\"content policy check crashed\"}}"),
        argumentSet("forbidden", 403, "<html>Forbidden</html>"),
        argumentSet(
            "parameter that was not sent",
            400,
            "{\"error\":{\"message\":\"Unknown parameter\",\"param\":\"response_format\"}}"),
        argumentSet("validation of something else", 422, "{\"detail\":\"nonsense\"}"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failure_isNotThePromptsFault(int status, String body) {
    assertThat(judge(status, body)).isInstanceOfAny(Failed.class, Busy.class);
  }

  static Stream<Arguments> parameters() {
    return Stream.of(
        argumentSet(
            "OpenAI, unknown",
            400,
            """
            {"error":{"message":"Unknown parameter: 'seed'.","type":"invalid_request_error","param":"seed","code":"unknown_parameter"}}\
            """,
            new Unsupported("seed", true, OfferedSizes.NONE, Evidence.NONE)),
        argumentSet(
            "OpenAI, size",
            400,
            """
            {"error":{"message":"Invalid value: '512x512'. Supported values are: '1024x1024' and 'auto'.","type":"invalid_request_error","param":"size","code":"invalid_value"}}\
            """,
            new Unsupported("size", false, OfferedSizes.NONE, Evidence.NONE)),
        argumentSet(
            "OpenAI, model",
            400,
            """
            {"error":{"message":"The model 'm' does not exist.","type":"invalid_request_error","param":"model","code":"model_not_found"}}\
            """,
            new Unsupported("model", false, OfferedSizes.NONE, Evidence.NONE)),
        argumentSet(
            "FastAPI",
            422,
            """
            {"detail":[{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted","input":42}]}\
            """,
            new Unsupported("seed", true, OfferedSizes.NONE, Evidence.NONE)),
        argumentSet(
            "xAI",
            400,
            """
            {"code":"Client specified an invalid argument","error":"Argument not supported: size"}\
            """,
            new Unsupported("size", true, OfferedSizes.NONE, Evidence.NONE)),
        argumentSet(
            "relay, empty param",
            400,
            """
            {"error":{"message":"Unsupported parameter: seed","type":"upstream_error","param":"","code":""}}\
            """,
            new Unsupported("seed", true, OfferedSizes.NONE, Evidence.NONE)),
        argumentSet(
            "plain text",
            400,
            "unexpected field \"seed\"",
            new Unsupported("seed", true, OfferedSizes.NONE, Evidence.NONE)));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void parameter_isNamed(int status, String body, Verdict verdict) {
    assertThat(judge(status, body))
        .usingRecursiveComparison()
        .withStrictTypeChecking()
        .ignoringFields("evidence", "sizes")
        .isEqualTo(verdict);
  }

  @Test
  void badRequest_withoutAHint_isRefusedForTheOrderOnly() {
    assertThat(judge(400, ""))
        .usingRecursiveComparison()
        .withStrictTypeChecking()
        .ignoringFields("evidence", "sizes")
        .isEqualTo(new Refused(false, Evidence.NONE));
    assertThat(judge(400, "{\"error\":{\"message\":\"Bad Request\",\"param\":\"\"}}"))
        .usingRecursiveComparison()
        .withStrictTypeChecking()
        .ignoringFields("evidence", "sizes")
        .isEqualTo(new Refused(false, Evidence.NONE));
  }

  @Test
  void rate_withRetryAfter_tellsHowLong() {
    var wait = Duration.ofSeconds(7);

    assertThat(ErrorJudge.judge(ErrorReport.of(429, ""), sent(), wait))
        .usingRecursiveComparison()
        .withStrictTypeChecking()
        .ignoringFields("evidence", "sizes")
        .isEqualTo(new Busy(wait, Evidence.NONE));
  }

  private static Verdict judge(int status, String body) {
    return ErrorJudge.judge(ErrorReport.of(status, body), sent(), null);
  }

  private static Map<String, String> sent() {
    var sent = new LinkedHashMap<String, String>();
    sent.put("n", "1");
    sent.put("seed", "42");
    sent.put("size", "512x512");
    sent.put("model", "m");
    return sent;
  }
}
