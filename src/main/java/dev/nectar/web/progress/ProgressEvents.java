package dev.nectar.web.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.cache.Provenance;
import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.generation.Progress;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSize;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.web.EntityTag;
import dev.nectar.web.EventStream;
import dev.nectar.web.Problem;
import dev.nectar.web.ProblemResponses;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StreamUtils;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** What is told of one generation: its steps, and its end as {@code done} or {@code failed}. */
final class ProgressEvents {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private final ImageRequest image;
  private final String url;
  private final String requestId;
  private final EventStream stream;
  private final ProblemResponses problems;
  private final Ticker ticker;
  private final long start;

  /**
   * @param url of the image, once it is made
   */
  ProgressEvents(
      ImageRequest image,
      String url,
      String requestId,
      EventStream stream,
      ProblemResponses problems,
      Ticker ticker) {
    this.image = image;
    this.url = url;
    this.requestId = requestId;
    this.stream = stream;
    this.problems = problems;
    this.ticker = ticker;
    this.start = ticker.read();
  }

  void step(Progress progress) throws IOException {
    switch (progress) {
      case Progress.Queued _ -> stream.send("queued", Map.of());
      case Progress.Optimizing _ -> stream.send("optimizing", Map.of());
      case Progress.Generating generating -> stream.send("generating", generating);
      case Progress.Refused _ -> stream.send("refused", Map.of());
      case Progress.Rewriting _ -> stream.send("rewriting", Map.of());
      case Progress.FallingBack _ -> stream.send("fallback", Map.of());
      case Progress.Storing _ -> stream.send("storing", Map.of());
    }
  }

  void end(ImageAnswer answer) throws IOException {
    switch (answer.result()) {
      case GenerationResult.Stored(var entry) ->
          kept(entry.sha256(), description(answer, entry.provenance(), entry.pixels()));
      case GenerationResult.Hosted(var entry) ->
          done(
              entry.url().toASCIIString(), description(answer, entry.provenance(), entry.pixels()));
      case GenerationResult.Made(var staged, var provenance, var kept) when kept ->
          kept(staged.sha256(), description(answer, provenance, staged.pixels()));
      case GenerationResult.Made(var staged, var provenance, _) -> done(answer, provenance, staged);
      case GenerationResult.NoImage reason ->
          stream.send("failed", problems.members(Problem.of(reason).getBody(), requestId));
    }
  }

  /** By a fault of this server. */
  void breakOff() throws IOException {
    stream.send("failed", problems.members(ProblemResponses.fault(), requestId));
  }

  /** The client may ask for that very image: it is counted no second time. */
  private void kept(String sha256, Map<String, Object> description) throws IOException {
    description.put("etag", EntityTag.of(sha256));
    done(url, description);
  }

  private void done(String place, Map<String, Object> description) throws IOException {
    description.put("url", place);
    stream.send("done", description);
  }

  /** It was paid for and is nowhere else: it goes along. */
  private void done(ImageAnswer answer, Provenance provenance, StagedImage staged)
      throws IOException {
    var data = JSON.writeValueAsString(description(answer, provenance, staged.pixels()));
    stream.send(
        "done",
        out -> {
          write(out, data.substring(0, data.length() - 1));
          write(out, ",\"url\":\"data:" + staged.format().mediaType() + ";base64,");
          try (var base64 = Base64.getEncoder().wrap(StreamUtils.nonClosing(out));
              var bytes = staged.open()) {
            bytes.transferTo(base64);
          }
          write(out, "\"}");
        });
  }

  private Map<String, Object> description(
      ImageAnswer answer, Provenance provenance, @Nullable ImageSize pixels) {
    var data = new LinkedHashMap<String, Object>();
    data.put("source", lower(provenance.source()));
    data.put("seed", image.seed());
    if (pixels != null) {
      data.put("size", pixels.toString());
    }
    data.put("cache", answer.cacheUse().name());
    answer.cost().ifPresent(cost -> data.put("cost", cost));
    data.put("milliseconds", Duration.ofNanos(ticker.read() - start).toMillis());
    return data;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
  }
}
