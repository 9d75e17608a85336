package dev.nectar.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.http.BoundedBody;
import dev.nectar.http.Deadline;
import dev.nectar.http.HttpCalls;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks an LLM by {@code POST /v1/chat/completions} as OpenAI publishes it. */
final class ChatClient {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final ContentType JSON_TYPE = ContentType.create("application/json", UTF_8);
  private static final long MAX_ANSWER_BYTES = 1024 * 1024;
  private static final double TEMPERATURE = 0.4;
  private static final int MAX_TOKENS = 1_000;

  private final HttpCalls http;
  private final URI endpoint;
  private final @Nullable String token;
  private final String model;
  private final Duration timeout;

  /**
   * A client of one model.
   *
   * @param token null: none is sent
   * @param timeout of one call
   */
  ChatClient(HttpCalls http, URI endpoint, @Nullable String token, String model, Duration timeout) {
    this.http = http;
    this.endpoint = endpoint;
    this.token = token;
    this.model = model;
    this.timeout = timeout;
  }

  /**
   * The model's answer to one message.
   *
   * @throws IOException if there is none by the deadline; its message holds nothing that a peer
   *     wrote
   */
  String ask(String message, Deadline deadline) throws IOException {
    return http.call(post(message), deadline.atMost(timeout), ChatClient::read);
  }

  private HttpPost post(String message) {
    var body =
        Map.of(
            "model", model,
            "messages", List.of(Map.of("role", "user", "content", message)),
            "temperature", TEMPERATURE,
            "max_tokens", MAX_TOKENS);
    var post = new HttpPost(endpoint);
    post.setEntity(new ByteArrayEntity(JSON.writeValueAsBytes(body), JSON_TYPE));
    post.setHeader(HttpHeaders.ACCEPT, "application/json");
    if (token != null) {
      post.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
    }
    return post;
  }

  private static String read(ClassicHttpResponse response) throws IOException {
    if (response.getCode() / 100 != 2) {
      throw new IOException("status " + response.getCode());
    }
    var body = HttpCalls.body(response);
    try {
      var content =
          JSON.readTree(new BoundedBody(body, MAX_ANSWER_BYTES)).at("/choices/0/message/content");
      if (!content.isString()) {
        throw new IOException("no answer in the answer");
      }
      return content.stringValue();
    } catch (JacksonException e) {
      throw new IOException("not the JSON of a chat completion", e);
    }
  }
}
