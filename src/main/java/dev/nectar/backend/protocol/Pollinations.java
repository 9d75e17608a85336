package dev.nectar.backend.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.backend.BackendReply;
import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Declined;
import dev.nectar.backend.BackendReply.Evidence;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.backend.BackendReply.Unfit.Lack;
import dev.nectar.backend.ImageBackend;
import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.PollinationsSettings;
import dev.nectar.backend.Verdict.Unsupported;
import dev.nectar.backend.protocol.Conversation.Judged;
import dev.nectar.backend.protocol.Conversation.Picture;
import dev.nectar.http.Deadline;
import dev.nectar.http.HttpFaults;
import dev.nectar.image.staging.StagedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** Pollinations.ai: {@code GET <url>/<prompt>} answers with the image itself. */
public final class Pollinations implements ImageBackend {

  private static final URI OPEN = URI.create("https://image.pollinations.ai/prompt");
  private static final URI WITH_TOKEN = URI.create("https://gen.pollinations.ai/image");

  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
  private static final Duration FIRST_QUEUEING = Duration.ofSeconds(2);
  private static final Duration LONGEST_QUEUEING = Duration.ofSeconds(30);

  private final URI base;
  private final @Nullable String token;
  private final String model;
  private final Conversation conversation;
  private final Placeholders placeholders;
  private final Exchange.Pause pause;

  Pollinations(PollinationsSettings settings, Exchange exchange, Placeholders placeholders) {
    this.token = settings.token();
    this.base = Objects.requireNonNullElse(settings.url(), token == null ? OPEN : WITH_TOKEN);
    this.model = settings.model();
    this.conversation = new Conversation(exchange, new ListedPictures(), base, Map.of());
    this.placeholders = placeholders;
    this.pause = exchange.pause();
  }

  /** Asks, and asks again before the deadline when it is told to come back, or of a queue. */
  @Override
  public BackendReply paint(PaintRequest request, Deadline deadline) {
    var inputs = request.inputs();
    if (!inputs.isEmpty() && inputs.urls().isEmpty()) {
      return new Unfit(Lack.INPUTS, Evidence.NONE);
    }
    var queueing = FIRST_QUEUEING;
    while (true) {
      var reply = ask(request, deadline);
      var wait = wait(reply, queueing);
      if (wait == null || wait.compareTo(deadline.remaining()) >= 0) {
        return reply;
      }
      try {
        pause.sleep(wait);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return reply;
      }
      queueing = shorter(queueing.multipliedBy(2), LONGEST_QUEUEING);
    }
  }

  /** How long to wait before asking again; null if that is vain. */
  private static @Nullable Duration wait(BackendReply reply, Duration queueing) {
    return switch (reply) {
      case Busy(var retryAfter, _) when retryAfter != null ->
          retryAfter.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : retryAfter;
      case Declined declined when speaksOfQueue(declined.evidence()) -> queueing;
      case Declined _, Painted _ -> null;
    };
  }

  private static boolean speaksOfQueue(Evidence evidence) {
    return (evidence.status() == 402 || evidence.status() == 429)
        && evidence.message().toLowerCase(Locale.ROOT).contains("queue");
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private BackendReply ask(PaintRequest request, Deadline deadline) {
    return switch (conversation.ask(get(request), sent(request), deadline)) {
      case Picture(var image, _) -> painted(image);
      case Judged(Declined declined, _) -> declined;
      case Judged(Unsupported unsupported, _) -> new Unclear(unsupported.evidence());
    };
  }

  private Sent sent(PaintRequest request) {
    return Sent.of(request.prompt(), Map.of("model", model));
  }

  /** Unless it only stands for one that was not made. */
  private BackendReply painted(StagedImage image) {
    try {
      if (!placeholders.contain(image)) {
        return new Painted(image, model, null);
      }
    } catch (IOException e) {
      image.close();
      return new Failed(HttpFaults.describe(e));
    }
    image.close();
    return new Failed("placeholder picture");
  }

  private HttpGet get(PaintRequest request) {
    var size = request.size();
    var query =
        (size == null ? "" : "width=" + size.width() + "&height=" + size.height() + "&")
            + "seed="
            + request.seed()
            + "&model="
            + UriUtils.encode(model, UTF_8)
            + images(request.inputs().urls());
    var path =
        base.toString().replaceFirst("/+$", "") + "/" + UriUtils.encode(request.prompt(), UTF_8);
    var get = new HttpGet(URI.create(path + "?" + query));
    get.setHeader(HttpHeaders.ACCEPT, "image/*");
    if (token != null) {
      get.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token);
    }
    return get;
  }

  /** What it takes for a separator is escaped in a URL. */
  private static String images(List<URI> urls) {
    return urls.isEmpty()
        ? ""
        : "&image="
            + urls.stream()
                .map(url -> UriUtils.encode(url.toASCIIString().replace(",", "%2C"), UTF_8))
                .collect(Collectors.joining(","));
  }

  /** Pictures that a service shows in the place of the one that was asked for. */
  static final class Placeholders {

    /** In lower-case hex, MD5 or SHA-256 as they were published. */
    private static final Set<String> DIGESTS =
        Set.of("2090a5dc21c32952cbf8496339752bd1"); // Pollinations: rate limit reached

    private final Set<String> digests;

    Placeholders() {
      this(DIGESTS);
    }

    Placeholders(Set<String> digests) {
      this.digests = digests;
    }

    boolean contain(StagedImage image) throws IOException {
      return digests.contains(image.sha256()) || digests.contains(md5(image));
    }

    private static String md5(StagedImage image) throws IOException {
      try (var bytes = new DigestInputStream(image.open(), MessageDigest.getInstance("MD5"))) {
        bytes.transferTo(OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(bytes.getMessageDigest().digest());
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every Java platform has MD5", e);
      }
    }
  }
}
