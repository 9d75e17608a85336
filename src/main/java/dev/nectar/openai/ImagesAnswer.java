package dev.nectar.openai;

import dev.nectar.image.ExtraParameter;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageRequest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code POST /v1/images/generations} answers. It flows from open files through Base64 to the
 * client; closing it closes them.
 */
public final class ImagesAnswer implements Closeable {

  /** What breaks off must not look complete. */
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_CONTENT).build();

  /** All that OpenAI's specification allows: a strict client fails at anything else. */
  private static final Map<String, Set<String>> SPECIFIED =
      Map.of(
          "size", Set.of("1024x1024", "1024x1536", "1536x1024"),
          "quality", Set.of("low", "medium", "high"),
          "background", Set.of("transparent", "opaque"));

  private static final Map<ImageFormat, String> FORMATS =
      Map.of(ImageFormat.PNG, "png", ImageFormat.JPEG, "jpeg", ImageFormat.WEBP, "webp");

  private final long created;
  private final ImageRequest request;
  private final List<Picture> pictures = new ArrayList<>();
  private final Set<ImageFormat> formats = EnumSet.noneOf(ImageFormat.class);

  /**
   * An answer without pictures yet.
   *
   * @param created in seconds since 1970
   * @param request for the first picture
   */
  public ImagesAnswer(long created, ImageRequest request) {
    this.created = created;
    this.request = request;
  }

  private sealed interface Picture {
    @Nullable String revisedPrompt();
  }

  private record Inline(InputStream bytes, @Nullable String revisedPrompt) implements Picture {}

  private record Link(String url, @Nullable String revisedPrompt) implements Picture {}

  /**
   * Adds a picture that the answer is to hold.
   *
   * @param prompt that succeeded; null if it is not known
   */
  void addInline(InputStream bytes, ImageFormat format, @Nullable String prompt) {
    pictures.add(new Inline(bytes, revised(prompt)));
    formats.add(format);
  }

  /**
   * Adds a picture that lives elsewhere.
   *
   * @param prompt that succeeded; null if it is not known
   */
  void addLink(String url, ImageFormat format, @Nullable String prompt) {
    pictures.add(new Link(url, revised(prompt)));
    formats.add(format);
  }

  private @Nullable String revised(@Nullable String prompt) {
    return Objects.equals(prompt, request.prompt()) ? null : prompt;
  }

  /** Writes all of it, and closes what it was written to. */
  public void writeTo(OutputStream out) {
    try (var json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberProperty("created", created);
      facts().forEach(json::writeStringProperty);
      json.writeArrayPropertyStart("data");
      for (var picture : pictures) {
        write(picture, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    var extras = request.extras().values();
    addIfSpecified(facts, "size", Objects.toString(request.size(), ""));
    addIfSpecified(facts, "quality", extras.getOrDefault(ExtraParameter.QUALITY, ""));
    addIfSpecified(facts, "background", extras.getOrDefault(ExtraParameter.BACKGROUND, ""));
    if (formats.size() == 1) {
      formats.stream()
          .filter(FORMATS::containsKey)
          .forEach(format -> facts.put("output_format", FORMATS.getOrDefault(format, "")));
    }
    return facts;
  }

  private static void addIfSpecified(Map<String, String> facts, String name, String value) {
    if (SPECIFIED.getOrDefault(name, Set.of()).contains(value)) {
      facts.put(name, value);
    }
  }

  private static void write(Picture picture, JsonGenerator json) {
    json.writeStartObject();
    switch (picture) {
      case Inline(var bytes, _) -> {
        json.writeName("b64_json");
        json.writeBinary(bytes, -1);
      }
      case Link(var url, _) -> json.writeStringProperty("url", url);
    }
    if (picture.revisedPrompt() != null) {
      json.writeStringProperty("revised_prompt", picture.revisedPrompt());
    }
    json.writeEndObject();
  }

  /** Closes all of them, even if one fails. */
  @Override
  public void close() throws IOException {
    IOException fault = null;
    for (var picture : pictures) {
      try {
        if (picture instanceof Inline(var bytes, _)) {
          bytes.close();
        }
      } catch (IOException e) {
        fault = e;
      }
    }
    if (fault != null) {
      throw fault;
    }
  }
}
