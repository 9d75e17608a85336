package dev.nectar.prompt;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.nectar.http.ApiBase;
import dev.nectar.http.Deadline;
import dev.nectar.http.HttpCalls;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

class PromptWriterTest {

  @RegisterExtension
  static final WireMockExtension LLM =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  private final HttpCalls http = new HttpCalls(4);

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void optimize_sendsTheTemplateAndTakesTheTaggedPrompt() {
    LLM.stubFor(chat(answer("Well: <prompt>a ripe red apple</prompt>")));
    assertThat(optimizer("token").optimize("a red apple", soon())).isEqualTo("a ripe red apple");
    LLM.verify(
        postRequestedFor(urlEqualTo("/v1/chat/completions"))
            .withHeader("Authorization", equalTo("Bearer token"))
            .withRequestBody(matchingJsonPath("$.model", equalTo("small")))
            .withRequestBody(matchingJsonPath("$.temperature", equalTo("0.4")))
            .withRequestBody(matchingJsonPath("$.max_tokens", equalTo("1000")))
            .withRequestBody(
                matchingJsonPath("$.messages[0].content", equalTo("Improve: a red apple"))));
  }

  @Test
  void optimize_samePromptAgain_isRemembered() {
    LLM.stubFor(chat(answer("<prompt>a ripe red apple</prompt>")));
    var optimizer = optimizer(null);
    optimizer.optimize("a red apple", soon());
    optimizer.optimize("a red apple", soon());
    LLM.verify(
        1, postRequestedFor(urlEqualTo("/v1/chat/completions")).withoutHeader("Authorization"));
    assertThat(optimizer.cacheSize()).isEqualTo(1);
  }

  @Test
  void optimize_llmFails_isThePromptAsItWas_andNotRemembered() {
    LLM.stubFor(chat(serverError()));
    var optimizer = optimizer(null);
    assertThat(optimizer.optimize("a red apple", soon())).isEqualTo("a red apple");
    LLM.stubFor(chat(okJson("{\"choices\":[]}")));
    assertThat(optimizer.optimize("a red apple", soon())).isEqualTo("a red apple");
    LLM.stubFor(chat(okJson("<html>")));
    assertThat(optimizer.optimize("a red apple", soon())).isEqualTo("a red apple");
    LLM.stubFor(chat(answer("ok")));
    assertThat(optimizer.optimize("a red apple", soon())).isEqualTo("a red apple");
    assertThat(optimizer.cacheSize()).isZero();
    LLM.verify(4, postRequestedFor(urlEqualTo("/v1/chat/completions")));
  }

  @Test
  void optimize_llmTooSlow_isThePromptAsItWas() {
    LLM.stubFor(chat(answer("<prompt>a ripe red apple</prompt>").withFixedDelay(5_000)));
    var slow =
        new LlmOptimizer(
            new PromptWriter(
                "Optimizing",
                new PromptTemplate("{ORIGINAL_PROMPT}"),
                client(null, Duration.ofMillis(100))));
    assertThat(slow.optimize("a red apple", soon())).isEqualTo("a red apple");
  }

  @Test
  void rewrite_sameText_isNone() {
    LLM.stubFor(chat(answer("<prompt> a red apple </prompt>")));
    assertThat(rewriter().rewrite("a red apple", soon())).isEmpty();
  }

  @Test
  void rewrite_otherText_isTheNewPrompt() {
    LLM.stubFor(chat(answer("<prompt>a green apple</prompt>")));
    assertThat(rewriter().rewrite("a red apple", soon())).contains("a green apple");
  }

  @Test
  void rewrite_llmFails_isNone() {
    LLM.stubFor(chat(serverError()));
    assertThat(rewriter().rewrite("a red apple", soon())).isEmpty();
  }

  private LlmOptimizer optimizer(@Nullable String token) {
    return new LlmOptimizer(
        new PromptWriter(
            "Optimizing",
            new PromptTemplate("Improve: {ORIGINAL_PROMPT}"),
            client(token, Duration.ofSeconds(10))));
  }

  private LlmRewriter rewriter() {
    return new LlmRewriter(
        new PromptWriter(
            "Rewriting",
            new PromptTemplate("{ORIGINAL_PROMPT}"),
            client(null, Duration.ofSeconds(10))));
  }

  private ChatClient client(@Nullable String token, Duration timeout) {
    var endpoint = new ApiBase(URI.create(LLM.baseUrl())).endpoint("chat/completions");
    return new ChatClient(http, endpoint, token, "small", timeout);
  }

  private static MappingBuilder chat(ResponseDefinitionBuilder answer) {
    return post("/v1/chat/completions").willReturn(answer);
  }

  private static ResponseDefinitionBuilder answer(String content) {
    var json = JsonMapper.shared().writeValueAsString(content);
    return okJson(
        "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":" + json + "}}]}");
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(20), Ticker.systemTicker());
  }
}
