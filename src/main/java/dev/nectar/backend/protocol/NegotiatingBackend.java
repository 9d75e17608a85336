package dev.nectar.backend.protocol;

import dev.nectar.backend.BackendReply;
import dev.nectar.backend.BackendReply.Declined;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.ImageBackend;
import dev.nectar.backend.Negotiation;
import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.Terms;
import dev.nectar.backend.Verdict.Unsupported;
import dev.nectar.backend.protocol.Conversation.Judged;
import dev.nectar.backend.protocol.Conversation.Picture;
import dev.nectar.http.Deadline;
import java.net.URI;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A back end that is asked with a JSON object, and asked again with less where it does not take a
 * part of it. A protocol says what stands where.
 */
abstract class NegotiatingBackend implements ImageBackend {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final ContentType JSON_TYPE = ContentType.create("application/json");

  private final Negotiation negotiation;
  private final Map<String, String> credentials;
  private final Conversation conversation;

  /**
   * @param base what links are relative to
   * @param credentials headers by which requests are let in
   */
  NegotiatingBackend(Target target, Pictures pictures, URI base, Map<String, String> credentials) {
    this.negotiation = target.negotiation();
    this.credentials = credentials;
    this.conversation = new Conversation(target.exchange(), pictures, base, credentials);
  }

  /** The model to send; null if none is. */
  abstract @Nullable String model(PaintRequest request);

  /**
   * All but the extra parameters that can be left out, by the names that {@link Negotiation} knows,
   * in the order in which it is sent.
   */
  abstract Map<String, Object> wanted(PaintRequest request, @Nullable String model);

  /** Whether the protocol can say it. */
  abstract boolean hasPlaceFor(String extraParameter);

  abstract URI endpoint(@Nullable String model);

  /** What is sent, each thing in its place. */
  abstract Map<String, Object> body(Sent sent);

  /** Is told that a picture was named, and could not be fetched. */
  void linkWasLost(Terms terms) {}

  @Override
  public final BackendReply paint(PaintRequest request, Deadline deadline) {
    var model = model(request);
    var wanted = wanted(request, model);
    request
        .extras()
        .sent()
        .forEach((name, value) -> {
          if (hasPlaceFor(name)) {
            wanted.put(name, value);
          } else {
            negotiation.leaveOut(model, name);
          }
        });
    var terms = negotiation.terms(wanted);
    while (true) {
      var sent = Sent.of(request.prompt(), terms.parameters());
      switch (conversation.ask(post(endpoint(model), body(sent)), sent, deadline)) {
        case Picture(var image, var usage) -> {
          return new Painted(image, sent.value("model"), usage);
        }
        case Judged(Declined declined, var linkWasLost) -> {
          if (linkWasLost) {
            linkWasLost(terms);
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

  private HttpPost post(URI endpoint, Map<String, Object> body) {
    var post = new HttpPost(endpoint);
    post.setEntity(new ByteArrayEntity(JSON.writeValueAsBytes(body), JSON_TYPE));
    post.setHeader(HttpHeaders.ACCEPT, "application/json");
    credentials.forEach(post::setHeader);
    return post;
  }
}
