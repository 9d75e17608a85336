package dev.nectar.backend.protocol;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.backend.BackendReply;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.ImageBackend;
import dev.nectar.backend.Negotiation;
import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.Protocol;
import dev.nectar.http.AllowedHosts;
import dev.nectar.http.ApiBase;
import dev.nectar.http.Deadline;
import dev.nectar.http.HttpCalls;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.ImageSize;
import dev.nectar.image.staging.StagingArea;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What it takes to ask a back end over real HTTP. */
final class Bench implements AutoCloseable {

  static final long MAX_IMAGE_BYTES = 50_000;

  private final HttpCalls http = new HttpCalls(50);
  private final RemoteFiles files = new RemoteFiles(10);
  private final Clock clock = Clock.systemUTC();
  private final StagingArea staging;

  /** What was waited for, which took no time. */
  final List<Duration> pauses = new CopyOnWriteArrayList<>();

  Bench(Path directory) {
    this(directory, MAX_IMAGE_BYTES);
  }

  Bench(Path directory, long maxImageBytes) {
    staging = new StagingArea(directory, maxImageBytes);
  }

  ImageBackend backend(String url, String token) {
    return backend(url, token, Map.of(), null);
  }

  ImageBackend backend(String url) {
    return backend(url, null, Map.of(), null);
  }

  ImageBackend allowing(String url, String... allowedHosts) {
    return backend(url, null, Map.of(), null, allowedHosts);
  }

  ImageBackend backend(
      String url,
      @Nullable String token,
      Map<String, String> models,
      @Nullable String defaultModel,
      String... allowedHosts) {
    return speaking(
        Protocol.IMAGES, url, token, models, defaultModel, negotiation(), List.of(allowedHosts));
  }

  ImageBackend speaking(
      Protocol protocol, String url, @Nullable String token, @Nullable String defaultModel) {
    return speaking(protocol, url, token, Map.of(), defaultModel, negotiation(), List.of());
  }

  ImageBackend speaking(
      Protocol protocol,
      String url,
      @Nullable String token,
      Map<String, String> models,
      @Nullable String defaultModel,
      Negotiation negotiation,
      List<String> allowedHosts) {
    return ProtocolConfiguration.painter(
        protocol,
        new Target(
            ApiBase.parse(url),
            token,
            models,
            defaultModel,
            negotiation,
            new Exchange(
                http, files, new AllowedHosts(allowedHosts), staging, clock, pauses::add)));
  }

  Negotiation negotiation() {
    return new Negotiation(List.of(), Ticker.systemTicker(), clock);
  }

  static PaintRequest request(@Nullable ImageSize size, @Nullable String model) {
    return new PaintRequest("a prompt", size, model, 7);
  }

  BackendReply ask(ImageBackend backend, PaintRequest request) {
    return backend.paint(request, within(Duration.ofSeconds(10)));
  }

  BackendReply ask(ImageBackend backend) {
    return ask(backend, request(null, null));
  }

  Deadline within(Duration time) {
    return Deadline.in(time, Ticker.systemTicker());
  }

  /** The bytes of a painted image; fails on any other reply. */
  static byte[] bytes(BackendReply reply) throws IOException {
    if (!(reply instanceof Painted(var image, _, _))) {
      throw new AssertionError(reply);
    }
    try (image;
        var bytes = image.open()) {
      return bytes.readAllBytes();
    }
  }

  @Override
  public void close() {
    http.close();
    files.close();
  }
}
