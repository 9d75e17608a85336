package dev.nectar.backend.protocol;

import dev.nectar.backend.BackendReply;
import dev.nectar.backend.BackendReply.Declined;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.ImageBackend;
import dev.nectar.backend.Negotiation;
import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.Unsupported;
import dev.nectar.backend.protocol.Conversation.Judged;
import dev.nectar.backend.protocol.Conversation.Picture;
import dev.nectar.http.ApiBase;
import dev.nectar.http.Deadline;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks {@code POST …/images/generations} as OpenAI publishes it, and bears with its relatives.
 */
public final class ImagesBackend implements ImageBackend {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final ContentType JSON_TYPE = ContentType.create("application/json");

  private final URI endpoint;
  private final Map<String, String> credentials;
  private final Map<String, String> models;
  private final @Nullable String defaultModel;
  private final Negotiation negotiation;
  private final Conversation conversation;

  /**
   * A back end.
   *
   * @param token null: none is sent
   * @param models from what a client names to what is sent
   * @param defaultModel sent when a request names none; null: none is sent
   * @param negotiation what it learns of what the back end takes
   */
  ImagesBackend(
      ApiBase api,
      @Nullable String token,
      Map<String, String> models,
      @Nullable String defaultModel,
      Negotiation negotiation,
      Exchange exchange) {
    this.endpoint = api.endpoint("images/generations");
    this.credentials = api.credentials(token);
    this.models = models;
    this.defaultModel = defaultModel;
    this.negotiation = negotiation;
    this.conversation = new Conversation(exchange, new ListedPictures(), endpoint, credentials);
  }

  @Override
  public BackendReply paint(PaintRequest request, Deadline deadline) {
    var terms = negotiation.terms(optional(request));
    while (true) {
      var sent = Sent.of(request.prompt(), terms.parameters());
      switch (conversation.ask(post(sent), sent, deadline)) {
        case Picture(var image, var usage) -> {
          return new Painted(image, sent.value("model"), usage);
        }
        case Judged(Declined declined, var linkWasLost) -> {
          if (linkWasLost) {
            terms.wantInline();
          }
          return declined;
        }
        case Judged(Unsupported unsupported, _) -> {
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

  private HttpPost post(Sent sent) {
    var post = new HttpPost(endpoint);
    post.setEntity(new ByteArrayEntity(JSON.writeValueAsBytes(sent.parameters()), JSON_TYPE));
    post.setHeader(HttpHeaders.ACCEPT, "application/json");
    credentials.forEach(post::setHeader);
    return post;
  }
}
