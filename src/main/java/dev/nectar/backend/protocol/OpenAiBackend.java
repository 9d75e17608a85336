package dev.nectar.backend.protocol;

import dev.nectar.backend.BackendReply;
import dev.nectar.backend.BackendReply.Declined;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.ErrorJudge;
import dev.nectar.backend.ErrorReport;
import dev.nectar.backend.ImageBackend;
import dev.nectar.backend.Negotiation;
import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.Unsupported;
import dev.nectar.backend.Verdict;
import dev.nectar.http.ApiBase;
import dev.nectar.http.BoundedBody;
import dev.nectar.http.Deadline;
import dev.nectar.http.HostAndPort;
import dev.nectar.http.HttpCalls;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.StagedImage;
import dev.nectar.image.StagingArea;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks {@code POST /v1/images/generations} as OpenAI publishes it, and bears with its relatives.
 */
public final class OpenAiBackend implements ImageBackend {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final ContentType JSON_TYPE = ContentType.create("application/json");

  /** What an answer holds beside the image. */
  private static final long MAX_OVERHEAD = 1024 * 1024;

  private final Predicate<HostAndPort> exempt;
  private final URI endpoint;
  private final Map<String, String> credentials;
  private final Map<String, String> models;
  private final @Nullable String defaultModel;
  private final long maxAnswerBytes;
  private final HttpCalls http;
  private final RemoteFiles files;
  private final StagingArea staging;
  private final InstantSource clock;
  private final Negotiation negotiation;

  /**
   * A back end.
   *
   * @param token null: none is sent
   * @param models from what a client names to what is sent
   * @param defaultModel sent when a request names none; null: none is sent
   * @param negotiation what it learns of what the back end takes
   */
  public OpenAiBackend(
      ApiBase api,
      @Nullable String token,
      Map<String, String> models,
      @Nullable String defaultModel,
      Negotiation negotiation,
      Exchange exchange) {
    this.exempt = exchange.allowedHosts().or(HostAndPort.of(api.url())::equals);
    this.endpoint = api.endpoint("images/generations");
    this.credentials = api.credentials(token);
    this.models = models;
    this.defaultModel = defaultModel;
    this.negotiation = negotiation;
    this.maxAnswerBytes = exchange.staging().maxImageBytes() / 3 * 4 + MAX_OVERHEAD;
    this.http = exchange.http();
    this.files = exchange.files();
    this.staging = exchange.staging();
    this.clock = exchange.clock();
  }

  /** What every back end works with. */
  public record Exchange(
      HttpCalls http,
      RemoteFiles files,
      Predicate<HostAndPort> allowedHosts,
      StagingArea staging,
      InstantSource clock) {}

  @Override
  public BackendReply paint(PaintRequest request, Deadline deadline) {
    var terms = negotiation.terms(optional(request));
    while (true) {
      var sent = terms.parameters();
      switch (ask(request.prompt(), sent, deadline)) {
        case Image(var image) -> {
          return new Painted(image, Objects.toString(sent.get("model"), null));
        }
        case Judged(Declined declined) -> {
          return declined;
        }
        case Judged(Unsupported unsupported) -> {
          if (!terms.concede(unsupported)) {
            return new Unclear(unsupported.evidence());
          }
        }
      }
    }
  }

  /** All that can be left out, in the order in which it is sent. */
  private Map<String, Object> optional(PaintRequest request) {
    var parameters = new LinkedHashMap<String, Object>();
    parameters.put("n", 1);
    parameters.put("seed", request.seed());
    if (request.size() != null) {
      parameters.put("size", request.size().toString());
    }
    var model = request.model() == null ? defaultModel : request.model();
    if (model != null) {
      parameters.put("model", models.getOrDefault(model, model));
    }
    parameters.putAll(request.extras().sent());
    return parameters;
  }

  private sealed interface Answer {}

  private record Image(StagedImage image) implements Answer {}

  private record Judged(Verdict verdict) implements Answer {}

  /** What is left to do once the connection is given back. */
  private interface Rest {
    Answer complete() throws IOException;
  }

  private Answer ask(String prompt, Map<String, Object> optional, Deadline deadline) {
    try {
      return http.call(
              post(prompt, optional), deadline, response -> read(response, optional, deadline))
          .complete();
    } catch (IOException e) {
      return new Judged(new Failed(HttpFaults.describe(e)));
    }
  }

  private HttpPost post(String prompt, Map<String, Object> optional) {
    var body = new LinkedHashMap<String, Object>();
    body.put("prompt", prompt);
    body.putAll(optional);
    var post = new HttpPost(endpoint);
    post.setEntity(new ByteArrayEntity(JSON.writeValueAsBytes(body), JSON_TYPE));
    post.setHeader(HttpHeaders.ACCEPT, "application/json");
    credentials.forEach(post::setHeader);
    return post;
  }

  private Rest read(ClassicHttpResponse response, Map<String, Object> optional, Deadline deadline)
      throws IOException {
    var body = HttpCalls.body(response);
    if (response.getCode() / 100 == 2) {
      return readImage(new BoundedBody(body, maxAnswerBytes), deadline);
    }
    var report = ErrorReport.read(response.getCode(), body);
    var verdict = ErrorJudge.judge(report, texts(optional), RetryAfter.of(response, clock));
    return () -> new Judged(verdict);
  }

  private Rest readImage(InputStream body, Deadline deadline) throws IOException {
    return switch (ImageReply.read(body, staging)) {
      case ImageReply.Inline(var image) -> () -> new Image(image);
      case ImageReply.Link(var url) -> () -> download(url, deadline);
      case ImageReply.Nothing(var report, var refused, var emptyData) ->
          () -> new Judged(ErrorJudge.judge(report, refused, emptyData));
    };
  }

  private Answer download(String url, Deadline deadline) throws IOException {
    return new Image(files.fetch(uri(url), exempt, deadline, staging::stage));
  }

  private static URI uri(String url) throws IOException {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new IOException("malformed image URL", e);
    }
  }

  private static Map<String, String> texts(Map<String, Object> parameters) {
    var texts = new LinkedHashMap<String, String>();
    parameters.forEach((name, value) -> texts.put(name, value.toString()));
    return texts;
  }
}
