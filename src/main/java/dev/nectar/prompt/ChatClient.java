package dev.nectar.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.http.ApiBase;
import dev.nectar.http.BodyTooLargeException;
import dev.nectar.http.BoundedBody;
import dev.nectar.http.Deadline;
import dev.nectar.http.DeadlineExceededException;
import dev.nectar.http.HttpCalls;
import dev.nectar.observe.Work;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks an LLM by {@code POST /v1/chat/completions} as OpenAI publishes it. A parameter that it
 * refuses is left out from then on.
 */
final class ChatClient {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final ContentType JSON_TYPE = ContentType.create("application/json", UTF_8);
  private static final int MAX_ANSWER_BYTES = 1024 * 1024;
  private static final int MAX_ERROR_BYTES = 64 * 1024;

  private static final String TEMPERATURE = "temperature";
  private static final String LIMIT = "max_tokens";

  /** What OpenAI's reasoning models call it. */
  private static final String LATER_LIMIT = "max_completion_tokens";

  private final HttpCalls http;
  private final URI endpoint;
  private final Map<String, String> credentials;
  private final String model;
  private final Duration timeout;
  private final Ticker ticker;

  /** The parameters that this LLM does not take. */
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  /**
   * A client of one model.
   *
   * @param token null: none is sent
   * @param timeout of one question
   */
  ChatClient(
      HttpCalls http,
      ApiBase api,
      @Nullable String token,
      String model,
      Duration timeout,
      Ticker ticker) {
    this.http = http;
    this.endpoint = api.endpoint("chat/completions");
    this.credentials = api.credentials(token);
    this.model = model;
    this.timeout = timeout;
    this.ticker = ticker;
  }

  /** The model's answer to one message. */
  ChatAnswer ask(String message) {
    var deadline = Deadline.in(timeout, ticker);
    try {
      while (true) {
        var parameters = parameters();
        var reply = http.call(post(message, parameters), deadline, Reply::read);
        var answer = judge(reply, message, parameters.keySet());
        if (answer.isPresent()) {
          return answer.get();
        }
      }
    } catch (IOException e) {
      return new ChatAnswer.Failed(describe(e));
    }
  }

  /** Those that can be left out. */
  private Map<String, Object> parameters() {
    var parameters = new LinkedHashMap<String, Object>();
    parameters.put(TEMPERATURE, 0.4);
    parameters.put(refused.contains(LIMIT) ? LATER_LIMIT : LIMIT, 1_000);
    parameters.keySet().removeAll(refused);
    return parameters;
  }

  private HttpPost post(String message, Map<String, Object> parameters) {
    var body = new LinkedHashMap<String, Object>();
    body.put("model", model);
    body.put("messages", List.of(Map.of("role", "user", "content", message)));
    body.putAll(parameters);
    var post = new HttpPost(endpoint);
    post.setEntity(new ByteArrayEntity(JSON.writeValueAsBytes(body), JSON_TYPE));
    post.setHeader(HttpHeaders.ACCEPT, "application/json");
    credentials.forEach(post::setHeader);
    Work.headers().forEach(post::setHeader);
    return post;
  }

  private record Reply(int status, String body) {

    static Reply read(ClassicHttpResponse response) throws IOException {
      var status = response.getCode();
      var body = HttpCalls.body(response);
      var bytes =
          status / 100 == 2
              ? new BoundedBody(body, MAX_ANSWER_BYTES).readAllBytes()
              : body.readNBytes(MAX_ERROR_BYTES);
      return new Reply(status, new String(bytes, UTF_8));
    }
  }

  /** Empty if it is to be asked again without what it does not take. */
  private Optional<ChatAnswer> judge(Reply reply, String message, Set<String> sent) {
    if (reply.status() / 100 == 2) {
      try {
        var json = JSON.readTree(reply.body());
        if (ChatCompletion.isOne(json)) {
          return judge(ChatCompletion.read(json), sent);
        }
      } catch (JacksonException e) {
        return Optional.of(new ChatAnswer.Failed("not JSON"));
      }
    }
    var error = ChatError.of(reply.status(), reply.body());
    if (error.isRefusal(message)) {
      return Optional.of(new ChatAnswer.Refused());
    }
    var blamed = error.blamed(sent, message);
    blamed.ifPresent(refused::add);
    return blamed.isPresent()
        ? Optional.empty()
        : Optional.of(new ChatAnswer.Failed(error.fault(message)));
  }

  /** A model that has thought its tokens away needs more of them. */
  private Optional<ChatAnswer> judge(ChatAnswer answer, Set<String> sent) {
    if (!(answer instanceof ChatAnswer.Said(var text, var whole)) || !text.isBlank()) {
      return Optional.of(answer);
    }
    if (whole) {
      return Optional.of(new ChatAnswer.Failed("no text in the answer"));
    }
    if (sent.contains(LIMIT) || sent.contains(LATER_LIMIT)) {
      refused.addAll(List.of(LIMIT, LATER_LIMIT));
      return Optional.empty();
    }
    return Optional.of(new ChatAnswer.Failed("cut off"));
  }

  private static String describe(IOException fault) {
    return switch (fault) {
      case DeadlineExceededException _ -> "timeout";
      case BodyTooLargeException _ -> "an answer of more than 1 MB";
      case UnknownHostException _ -> "unknown host";
      case ConnectException _ -> "no connection";
      case SSLException _ -> "no TLS connection";
      default -> "connection broken: " + fault.getClass().getSimpleName();
    };
  }
}
