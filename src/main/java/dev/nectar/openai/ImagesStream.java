package dev.nectar.openai;

import dev.nectar.generation.Presence;
import dev.nectar.image.ExtraParameter;
import dev.nectar.web.EventStream;
import dev.nectar.web.ImageAnswers;
import dev.nectar.web.ProblemResponses;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ProblemDetail;
import org.springframework.util.StreamUtils;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.json.JsonMapper;

/** Pictures told as events, each as soon as it is made. */
final class ImagesStream implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ImagesStream.class);

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Proxies cut what is silent for a minute, some for half a minute. */
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** So often is it found out whether the client is still there. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final ImagesOrder wanted;
  private final List<CompletableFuture<ImageAnswers.Each>> begun;
  private final Presence client;
  private final HttpServletResponse response;
  private final InstantSource clock;
  private final LinkedBlockingQueue<CompletableFuture<ImageAnswers.Each>> ended =
      new LinkedBlockingQueue<>();
  private @Nullable EventStream stream;
  private @Nullable RuntimeException failure;

  /**
   * A stream of which nothing is sent yet.
   *
   * @param begun one an image; closed with this
   */
  ImagesStream(
      ImagesOrder wanted,
      List<CompletableFuture<ImageAnswers.Each>> begun,
      Presence client,
      HttpServletResponse response,
      InstantSource clock) {
    this.wanted = wanted;
    this.begun = begun;
    this.client = client;
    this.response = response;
    this.clock = clock;
    for (var each : begun) {
      var _ = each.whenComplete((_, _) -> ended.add(each));
    }
  }

  /**
   * Streams until all have been told, failures last, or the client is gone, which ends nothing.
   *
   * @param heartbeat after so long a silence a comment is sent
   * @param opening makes a picture of an answer, or throws what the client is told instead
   * @return whether the client was told how it ended
   * @throws ErrorResponseException for a failure before anything was sent
   */
  boolean write(Duration heartbeat, Function<ImageAnswers.Each, OpenAiPicture> opening)
      throws IOException {
    var look = heartbeat.compareTo(LOOK) < 0 ? heartbeat : LOOK;
    var silence = Duration.ZERO;
    for (var left = begun.size(); left > 0; ) {
      var each = next(look);
      if (!client.isHere()) {
        return false;
      }
      if (each != null) {
        tell(each, opening);
        left--;
        silence = Duration.ZERO;
      } else {
        silence = silence.plus(look);
        if (silence.compareTo(heartbeat) >= 0) {
          stream().heartbeat();
          silence = Duration.ZERO;
        }
      }
    }
    tellFailure();
    return true;
  }

  private @Nullable CompletableFuture<ImageAnswers.Each> next(Duration patience) {
    try {
      return ended.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while images were made", e);
    }
  }

  private void tell(
      CompletableFuture<ImageAnswers.Each> each, Function<ImageAnswers.Each, OpenAiPicture> opening)
      throws IOException {
    try (var picture = opening.apply(each.join())) {
      stream().send(wanted.event(), out -> write(picture, out));
    } catch (ErrorResponseException | CompletionException e) {
      failure = failure == null ? e : failure;
    }
  }

  /** The first one, with its own status if nothing was sent. */
  private void tellFailure() throws IOException {
    if (failure == null) {
      return;
    }
    if (stream == null) {
      throw failure;
    }
    if (failure instanceof ErrorResponseException problem) {
      fail(problem.getBody(), stream);
    } else {
      log.error("An image of a stream broke off.", failure);
      fail(ProblemResponses.fault(), stream);
    }
  }

  private static void fail(ProblemDetail problem, EventStream stream) throws IOException {
    var error = Map.of("error", OpenAiError.of(problem));
    stream.send(out -> out.write(JSON.writeValueAsBytes(error)));
  }

  private EventStream stream() throws IOException {
    if (stream == null) {
      stream = EventStream.open(response);
    }
    return stream;
  }

  private void write(OpenAiPicture picture, OutputStream out) {
    var pictures = List.of(picture);
    try (var json = ImagesAnswer.JSON.createGenerator(StreamUtils.nonClosing(out))) {
      json.writeStartObject();
      json.writeStringProperty("type", wanted.event());
      json.writeNumberProperty("created_at", clock.instant().getEpochSecond());
      json.writeStringProperty("size", OpenAiFacts.size(pictures).orElse(OpenAiFacts.AUTO));
      for (var parameter : List.of(ExtraParameter.QUALITY, ExtraParameter.BACKGROUND)) {
        json.writeStringProperty(
            parameter.parameter(), OpenAiFacts.asked(wanted.first(), parameter));
      }
      OpenAiFacts.format(pictures)
          .ifPresent(format -> json.writeStringProperty("output_format", format));
      json.writePOJOProperty("usage", OpenAiFacts.usageOfEvent(picture));
      json.writeName("b64_json");
      json.writeBinary(picture.bytes(), -1);
      json.writeEndObject();
    }
  }

  /** Lets go of all, also of those that are still to come. */
  @Override
  public void close() {
    for (var each : begun) {
      var _ = each.thenAccept(ImageAnswers.Each::close);
    }
  }
}
