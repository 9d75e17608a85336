package dev.nectar.automatic1111;

import dev.nectar.generation.GenerationResult;
import dev.nectar.image.ExtraParameter;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSize;
import dev.nectar.web.HostedImages;
import dev.nectar.web.ImageAnswers;
import dev.nectar.web.Problem;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code POST /sdapi/v1/txt2img} answers. It flows from open files through Base64 to the
 * client; closing it closes them.
 */
final class Paintings implements Closeable {

  private static final Logger log = LoggerFactory.getLogger(Paintings.class);

  private static final int BUFFER_BYTES = 1 << 16;

  /** What breaks off must not look complete. */
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_CONTENT).build();

  private final List<Painting> paintings = new ArrayList<>();

  /**
   * One of them.
   *
   * @param size in pixels, as it came out; null if neither it nor the request tells
   */
  private record Painting(ImageRequest request, InputStream bytes, @Nullable ImageSize size) {}

  /** Opens an image and adds it, so that nothing is left to fail once the answer is begun. */
  void add(ImageRequest request, ImageAnswers.Each each, HostedImages hosted) {
    switch (each.answer().result()) {
      case GenerationResult.Stored(var entry) ->
          add(request, Objects.requireNonNull(each.file()), entry.pixels());
      case GenerationResult.Made(var staged, _, _) -> add(request, staged.open(), staged.pixels());
      case GenerationResult.Hosted(var entry) -> {
        try {
          add(request, hosted.open(entry), entry.pixels());
        } catch (IOException e) {
          log.warn("A hosted image could not be brought back: {}", e.toString());
          throw Problem.HOST_FAILED.because("The image lives at a host that did not give it back.");
        }
      }
      case GenerationResult.NoImage reason -> throw Problem.of(reason);
    }
  }

  private void add(ImageRequest request, InputStream bytes, @Nullable ImageSize pixels) {
    paintings.add(
        new Painting(
            request,
            new BufferedInputStream(bytes, BUFFER_BYTES),
            pixels == null ? request.size() : pixels));
  }

  /** Writes all of it, and closes what it was written to. */
  void writeTo(OutputStream out) {
    try (var json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("images");
      for (var painting : paintings) {
        json.writeBinary(painting.bytes(), -1);
      }
      json.writeEndArray();
      // What was asked for may hold what nobody else is to see.
      json.writeObjectPropertyStart("parameters");
      json.writeEndObject();
      json.writeStringProperty("info", JSON.writeValueAsString(info()));
      json.writeEndObject();
    }
  }

  private Map<String, Object> info() {
    var first = paintings.getFirst();
    var info = new LinkedHashMap<String, Object>();
    info.put("prompt", first.request().prompt());
    info.put("all_prompts", paintings.stream().map(each -> each.request().prompt()).toList());
    info.put("negative_prompt", extra(first.request(), ExtraParameter.NEGATIVE_PROMPT));
    info.put("seed", first.request().seed());
    info.put("all_seeds", paintings.stream().map(each -> each.request().seed()).toList());
    if (first.size() != null) {
      info.put("width", first.size().width());
      info.put("height", first.size().height());
    }
    info.put("batch_size", paintings.size());
    if (first.request().model() != null) {
      info.put("sd_model_name", first.request().model());
    }
    info.put("infotexts", paintings.stream().map(Paintings::infotext).toList());
    return info;
  }

  /** As it stands in pictures that Automatic1111's web UI made. */
  private static String infotext(Painting painting) {
    var request = painting.request();
    var facts = new ArrayList<String>();
    var guidance = extra(request, ExtraParameter.GUIDANCE_SCALE);
    if (!guidance.isEmpty()) {
      facts.add("CFG scale: " + guidance);
    }
    facts.add("Seed: " + request.seed());
    if (painting.size() != null) {
      facts.add("Size: " + painting.size());
    }
    if (request.model() != null) {
      facts.add("Model: " + request.model());
    }
    var negative = extra(request, ExtraParameter.NEGATIVE_PROMPT);
    return request.prompt()
        + (negative.isEmpty() ? "" : "\nNegative prompt: " + negative)
        + "\n"
        + String.join(", ", facts);
  }

  private static String extra(ImageRequest request, ExtraParameter name) {
    return request.extras().values().getOrDefault(name, "");
  }

  /** Closes all of them, even if one fails. */
  @Override
  public void close() throws IOException {
    IOException fault = null;
    for (var painting : paintings) {
      try {
        painting.bytes().close();
      } catch (IOException e) {
        fault = e;
      }
    }
    if (fault != null) {
      throw fault;
    }
  }
}
