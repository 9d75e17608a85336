package dev.nectar.backend.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.backend.BackendReply;
import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Declined;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.ImageBackend;
import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.PollinationsSettings;
import dev.nectar.backend.Unsupported;
import dev.nectar.backend.protocol.Conversation.Judged;
import dev.nectar.backend.protocol.Conversation.Picture;
import dev.nectar.http.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** Pollinations.ai: {@code GET <url>/<prompt>} answers with the image itself. */
public final class Pollinations implements ImageBackend {

  private static final URI OPEN = URI.create("https://image.pollinations.ai/prompt");
  private static final URI WITH_TOKEN = URI.create("https://gen.pollinations.ai/image");

  private final URI base;
  private final @Nullable String token;
  private final String model;
  private final Conversation conversation;
  private final Exchange.Pause pause;

  Pollinations(PollinationsSettings settings, Exchange exchange) {
    this.token = settings.token();
    this.base = Objects.requireNonNullElse(settings.url(), token == null ? OPEN : WITH_TOKEN);
    this.model = settings.model();
    this.conversation = new Conversation(exchange, new ListedPictures(), base, Map.of());
    this.pause = exchange.pause();
  }

  /** Asks, and asks again when it was told to come back before the deadline. */
  @Override
  public BackendReply paint(PaintRequest request, Deadline deadline) {
    while (true) {
      var reply = ask(request, deadline);
      if (!(reply instanceof Busy(var retryAfter, _))
          || retryAfter == null
          || retryAfter.compareTo(deadline.remaining()) >= 0) {
        return reply;
      }
      try {
        pause.sleep(atLeastOneSecond(retryAfter));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return reply;
      }
    }
  }

  private static Duration atLeastOneSecond(Duration duration) {
    return duration.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : duration;
  }

  private BackendReply ask(PaintRequest request, Deadline deadline) {
    return switch (conversation.ask(get(request), sent(request), deadline)) {
      case Picture(var image) -> new Painted(image, model);
      case Judged(Declined declined, _) -> declined;
      case Judged(Unsupported(_, _, _, var evidence), _) ->
          new Failed("status " + evidence.status(), evidence);
    };
  }

  private Sent sent(PaintRequest request) {
    return Sent.of(request.prompt(), Map.of("model", model));
  }

  private HttpGet get(PaintRequest request) {
    var size = request.size();
    var query =
        (size == null ? "" : "width=" + size.width() + "&height=" + size.height() + "&")
            + "seed="
            + request.seed()
            + "&model="
            + UriUtils.encode(model, UTF_8);
    var path =
        base.toString().replaceFirst("/+$", "") + "/" + UriUtils.encode(request.prompt(), UTF_8);
    var get = new HttpGet(URI.create(path + "?" + query));
    get.setHeader(HttpHeaders.ACCEPT, "image/*");
    if (token != null) {
      get.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
    }
    return get;
  }
}
