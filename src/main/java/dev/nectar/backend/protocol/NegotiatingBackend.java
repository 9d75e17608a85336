package dev.nectar.backend.protocol;

import dev.nectar.backend.BackendReply;
import dev.nectar.backend.BackendReply.Declined;
import dev.nectar.backend.BackendReply.Evidence;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.backend.BackendReply.Unfit.Lack;
import dev.nectar.backend.ImageBackend;
import dev.nectar.backend.Negotiation;
import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.Terms;
import dev.nectar.backend.Verdict.Unsupported;
import dev.nectar.backend.protocol.Conversation.Judged;
import dev.nectar.backend.protocol.Conversation.Picture;
import dev.nectar.http.Deadline;
import dev.nectar.http.JsonBody;
import dev.nectar.image.staging.InputImages;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A back end that is asked with a JSON object, and asked again with less where it does not take a
 * part of it. A protocol says what stands where.
 */
abstract class NegotiatingBackend implements ImageBackend {

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

  /**
   * What models that chat are asked: a ratio in the place of a size.
   *
   * @param modalities in the order in which they are sent
   */
  static Map<String, Object> wantedByRatio(
      PaintRequest request, @Nullable String model, List<String> modalities) {
    var wanted = new LinkedHashMap<String, Object>();
    if (model != null) {
      wanted.put("model", model);
    }
    wanted.put("modalities", modalities);
    if (request.size() != null) {
      wanted.put("aspect_ratio", request.size().toString());
    }
    wanted.put("seed", request.seed());
    return wanted;
  }

  /** Whether the protocol can say it. */
  abstract boolean hasPlaceFor(String extraParameter);

  /**
   * Where it is asked.
   *
   * @param fromInputs whether to paint from pictures
   */
  abstract URI endpoint(@Nullable String model, boolean fromInputs);

  /** Whether the protocol can say to paint from these. */
  boolean hasPlaceFor(InputImages inputs) {
    return true;
  }

  /** What is sent, each thing in its place. */
  abstract Map<String, Object> body(Sent sent);

  /** The same, written. */
  HttpEntity entity(Sent sent) {
    return new JsonBody(body(sent));
  }

  /** Is told that a picture was named, and could not be fetched. */
  void linkWasLost(Terms terms) {}

  @Override
  public final boolean takesMasks() {
    return hasPlaceFor(Sent.MASK);
  }

  @Override
  public final BackendReply paint(PaintRequest request, Deadline deadline) {
    var inputs = request.inputs();
    var fromInputs = !inputs.isEmpty();
    if (fromInputs && !(hasPlaceFor(inputs) && negotiation.takesInputs())) {
      return new Unfit(Lack.INPUTS, Evidence.NONE);
    }
    var model = model(request);
    var endpoint = endpoint(model, fromInputs);
    var isForInputs = !endpoint.equals(endpoint(model, false));
    var terms = negotiation.terms(sayable(request, model));
    while (true) {
      var sent = Sent.of(request.prompt(), terms.parameters(), inputs, isForInputs);
      switch (conversation.ask(post(endpoint, sent), sent, deadline)) {
        case Picture(var image, var usage) -> {
          return new Painted(image, sent.value("model"), usage);
        }
        case Judged(Declined declined, var linkWasLost) -> {
          if (linkWasLost) {
            linkWasLost(terms);
          }
          if (isForInputs && declined instanceof Unfit unfit && isOfInputs(unfit)) {
            negotiation.leaveOutInputs();
          }
          return declined;
        }
        case Judged(Unsupported unsupported, _) -> {
          negotiation.noteUnsupported();
          if (!terms.concede(unsupported)) {
            return new Unclear(unsupported.evidence());
          }
        }
      }
    }
  }

  /** Whether there is nobody to ask, rather than one who turns these down. */
  private static boolean isOfInputs(Unfit unfit) {
    var status = unfit.evidence().status();
    return unfit.lack() == Lack.INPUTS && (status == 404 || status == 405);
  }

  /** All that is wanted and can be said. */
  private Map<String, Object> sayable(PaintRequest request, @Nullable String model) {
    var wanted = wanted(request, model);
    var others = new LinkedHashMap<>(request.extras().sent());
    var mask = request.inputs().mask();
    if (mask != null) {
      others.put(Sent.MASK, mask.sha256());
    }
    others.forEach((name, value) -> {
      if (hasPlaceFor(name)) {
        wanted.put(name, value);
      } else {
        negotiation.leaveOut(model, name);
      }
    });
    return wanted;
  }

  private HttpPost post(URI endpoint, Sent sent) {
    var post = new HttpPost(endpoint);
    post.setEntity(entity(sent));
    post.setHeader(HttpHeaders.ACCEPT, "application/json");
    credentials.forEach(post::setHeader);
    return post;
  }
}
