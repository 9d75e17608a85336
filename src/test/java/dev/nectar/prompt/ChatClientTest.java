package dev.nectar.prompt;

import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.nectar.http.ApiBase;
import dev.nectar.http.HttpCalls;
import dev.nectar.prompt.ChatAnswer.Failed;
import dev.nectar.prompt.ChatAnswer.Refused;
import dev.nectar.prompt.ChatAnswer.Said;
import dev.nectar.server.Painter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ChatClientTest {

  private static final String APPLE = "{\"choices\":[{\"message\":{\"content\":\"an apple\"}}]}";

  private final Painter llm = Painter.start();
  private final HttpCalls http = new HttpCalls(4);
  private final ChatClient client = client(null, Duration.ofSeconds(20));

  @AfterEach
  void close() {
    llm.close();
    http.close();
  }

  @Test
  void ask_sendsTheMessageTheModelAndTheToken() {
    llm.answers(okJson(APPLE));
    assertThat(client("token", Duration.ofSeconds(20)).ask("Improve: a fruit"))
        .isEqualTo(new Said("an apple", true));
    var call = llm.calls().getLast();
    assertThat(call.getUrl()).isEqualTo("/v1/chat/completions");
    assertThat(call.getHeader("Authorization")).isEqualTo("Bearer token");
    assertThat(llm.lastBody())
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"model": "small", "messages": [{"role": "user", "content": "Improve: a fruit"}],
                     "temperature": 0.4, "max_tokens": 1000}\
                    """));
  }

  @Test
  void ask_aReasoningModel_negotiatesOnceAndRemembers() {
    llm.answers(okJson(APPLE));
    refuses(
        "max_tokens",
        "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported with this model."
            + " Use 'max_completion_tokens' instead.\",\"type\":\"invalid_request_error\","
            + "\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}");
    refuses(
        "temperature",
        "{\"error\":{\"message\":\"Unsupported value: 'temperature' does not support 0.4 with this model."
            + " Only the default (1) value is supported.\",\"type\":\"invalid_request_error\","
            + "\"param\":\"temperature\",\"code\":\"unsupported_value\"}}");

    assertThat(client.ask("a fruit")).isEqualTo(new Said("an apple", true));
    assertThat(llm.calls()).hasSize(3);
    assertThat(parameters()).containsExactly("model", "messages", "max_completion_tokens");
    assertThat(llm.lastBody().get("max_completion_tokens").asInt()).isEqualTo(1_000);

    assertThat(client.ask("another fruit")).isEqualTo(new Said("an apple", true));
    assertThat(llm.calls()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"Unrecognized request argument supplied: temperature\",\"param\":null}}",
        "{\"error\":{\"message\":\"invalid temperature: only 1 is allowed for this model\"}}",
        "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"temperature\"],\"msg\":\"Extra\"}]}",
        "{\"object\":\"error\",\"message\":{\"detail\":[{\"loc\":[\"body\",\"temperature\"]}]}}",
        "{\"error\":{\"message\":\"no\",\"param\":\"body.temperature\"}}",
        "{\"error\":\"temperature is not supported\"}",
        "`temperature` is deprecated for this model."
      })
  void ask_parameterRefusedInWhateverShape_isLeftOut(String error) {
    llm.answers(okJson(APPLE));
    refuses("temperature", error);
    assertThat(client.ask("a fruit")).isEqualTo(new Said("an apple", true));
    assertThat(parameters()).containsExactly("model", "messages", "max_tokens");
  }

  @Test
  void ask_noLimitTaken_isLeftOut() {
    llm.answers(okJson(APPLE));
    refuses("max_tokens", "{\"error\":{\"param\":\"max_tokens\"}}");
    refuses("max_completion_tokens", "{\"error\":{\"param\":\"max_completion_tokens\"}}");
    assertThat(client.ask("a fruit")).isEqualTo(new Said("an apple", true));
    assertThat(parameters()).containsExactly("model", "messages", "temperature");
  }

  @Test
  void ask_everythingBlamed_endsWithTheStatus() {
    llm.fails(400, "{\"error\":\"temperature, max_tokens, max_completion_tokens\"}");
    assertThat(client.ask("a fruit")).isEqualTo(new Failed("status 400"));
    assertThat(llm.calls()).hasSize(4);
  }

  @Test
  void ask_messageQuoted_isNoBlame() {
    llm.fails(400, "{\"error\":{\"message\":\"I do not like: a high temperature furnace\"}}");
    assertThat(client.ask("a high temperature furnace")).isEqualTo(new Failed("status 400"));
    assertThat(llm.calls()).hasSize(1);
  }

  @Test
  void ask_tokensThoughtAway_asksWithoutALimit() {
    llm.answers(okJson(APPLE));
    llm.server()
        .stubFor(
            post(urlEqualTo("/v1/chat/completions"))
                .withRequestBody(matchingJsonPath("$.max_tokens"))
                .willReturn(completion("\"content\":\"<think>An apple is\"", "length")));
    assertThat(client.ask("a fruit")).isEqualTo(new Said("an apple", true));
    assertThat(parameters()).containsExactly("model", "messages", "temperature");
  }

  @Test
  void ask_thinkingWithoutEnd_isCutOff() {
    llm.answers(completion("\"content\":null,\"reasoning_content\":\"An apple is\"", "length"));
    assertThat(client.ask("a fruit")).isEqualTo(new Failed("cut off"));
    assertThat(llm.calls()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"content\":\"an apple\",\"reasoning\":\"hm\",\"reasoning_content\":\"hm\",\"refusal\":null",
        "\"content\":\"<think>hm</think>an apple\"",
        "\"content\":\"hm</think>an apple\"",
        "\"content\":[{\"type\":\"text\",\"text\":\"an \"},{\"type\":\"text\",\"text\":\"apple\"}]",
        "\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]},"
            + "{\"type\":\"reasoning\",\"text\":\"hm\"},{\"type\":\"text\",\"text\":\"an apple\"}]",
      })
  void answer_thinkingInWhateverShape_isDropped(String message) {
    llm.answers(completion(message, "stop"));
    assertThat(client.ask("a fruit")).isEqualTo(new Said("an apple", true));
  }

  @Test
  void answer_atTheLimit_isNotWhole() {
    llm.answers(completion("\"content\":\"an app\"", "length"));
    assertThat(client.ask("a fruit")).isEqualTo(new Said("an app", false));
    assertThat(llm.calls()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"content\":null,\"refusal\":\"I won't.\" | stop",
        "\"content\":[{\"type\":\"refusal\",\"refusal\":\"I won't.\"}] | stop",
        "\"content\":\"an apple\" | content_filter",
        "\"content\":null | content_filter",
      })
  void answer_refusedByFlag_isARefusal(String message, String finishReason) {
    llm.answers(completion(message, finishReason));
    assertThat(client.ask("a fruit")).isEqualTo(new Refused());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"code\":\"content_filter\",\"message\":\"filtered\",\"param\":\"prompt\"}}",
        "{\"error\":{\"message\":\"Content Exists Risk\",\"code\":\"invalid_request_error\"}}",
        "{\"error\":{\"code\":\"data_inspection_failed\"}}",
      })
  void error_aboutTheContent_isARefusal(String error) {
    llm.fails(400, error);
    assertThat(client.ask("a fruit")).isEqualTo(new Refused());
    assertThat(llm.calls()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "401 | {\"error\":{\"code\":\"invalid_api_key\",\"message\":\"Wrong: sk-1\"}} | status 401 invalid_api_key",
        "500 | oh no | status 500",
        "308 | `` | status 308",
        "429 | {\"error\":{\"message\":\"temperature\",\"type\":\"rate limit\"}} | status 429",
        "400 | {\"error\":{\"code\":\"fruit\",\"type\":\"bad\\nline\"}} | status 400",
        "200 | {\"error\":{\"message\":\"busy\",\"code\":503}} | an error 503",
        "200 | {\"error\":\"busy\"} | an error",
        "200 | {\"choices\":[{\"message\":{\"content\":\"x\"},\"error\":{\"code\":1}}]} | an error",
        "200 | <html> | not JSON",
        "200 | `` | no message in the answer",
        "200 | {\"choices\":[]} | no message in the answer",
        "200 | {\"choices\":[{\"message\":{\"content\":null,\"reasoning\":\"an apple\"}}]} | no text in the answer",
        "200 | {\"choices\":[{\"message\":{\"content\":{\"text\":\"an apple\"}}}]} | no text in the answer",
      })
  void fault_isToldWithoutAPeersWords(int status, String body, String fault) {
    llm.fails(status, body);
    assertThat(client.ask("a fruit")).isEqualTo(new Failed(fault));
    assertThat(llm.calls()).hasSize(1);
  }

  @Test
  void fault_onTheWire_isNamed() {
    llm.answers(okJson(APPLE).withFixedDelay(20_000));
    assertThat(client(null, Duration.ofMillis(100)).ask("a fruit"))
        .isEqualTo(new Failed("timeout"));
    llm.fails(200, " ".repeat(1024 * 1024 + 1));
    assertThat(client.ask("a fruit")).isEqualTo(new Failed("an answer of more than 1 MB"));
    llm.close();
    assertThat(client.ask("a fruit")).isEqualTo(new Failed("no connection"));
  }

  private List<String> parameters() {
    return llm.lastBody().propertyNames().stream().toList();
  }

  private void refuses(String parameter, String error) {
    llm.server()
        .stubFor(
            post(urlEqualTo("/v1/chat/completions"))
                .withRequestBody(matchingJsonPath("$." + parameter))
                .willReturn(WireMock.badRequest().withBody(error)));
  }

  private static ResponseDefinitionBuilder completion(String message, String finishReason) {
    return okJson(
        "{\"choices\":[{\"message\":{%s},\"finish_reason\":\"%s\"}]}"
            .formatted(message, finishReason));
  }

  private ChatClient client(@Nullable String token, Duration timeout) {
    return new ChatClient(
        http, ApiBase.parse(llm.url()), token, "small", timeout, Ticker.systemTicker());
  }
}
