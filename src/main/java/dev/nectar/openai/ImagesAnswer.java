package dev.nectar.openai;

import dev.nectar.image.ExtraParameter;
import dev.nectar.image.ImageRequest;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code POST /v1/images/generations} answers. It flows from open files through Base64 to the
 * client; closing it closes them.
 */
public final class ImagesAnswer implements Closeable {

  /** What breaks off must not look complete. */
  static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private final long created;
  private final ImageRequest request;
  private final List<OpenAiPicture> pictures = new ArrayList<>();

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

  /** Adds a picture, and takes it over. */
  void add(OpenAiPicture picture) {
    pictures.add(picture);
  }

  /** Writes all of it, and closes what it was written to. */
  public void writeTo(OutputStream out) {
    try (var json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberProperty("created", created);
      OpenAiFacts.size(pictures).ifPresent(size -> json.writeStringProperty("size", size));
      for (var parameter : List.of(ExtraParameter.QUALITY, ExtraParameter.BACKGROUND)) {
        json.writeStringProperty(parameter.parameter(), OpenAiFacts.asked(request, parameter));
      }
      OpenAiFacts.format(pictures)
          .ifPresent(format -> json.writeStringProperty("output_format", format));
      OpenAiFacts.usage(pictures).ifPresent(usage -> json.writePOJOProperty("usage", usage));
      json.writeArrayPropertyStart("data");
      for (var picture : pictures) {
        write(picture, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private void write(OpenAiPicture picture, JsonGenerator json) {
    json.writeStartObject();
    if (picture.url() != null) {
      json.writeStringProperty("url", picture.url());
    }
    if (picture.bytes() != null) {
      json.writeName("b64_json");
      json.writeBinary(picture.bytes(), -1);
    }
    var prompt = picture.prompt();
    if (prompt != null && !prompt.equals(request.prompt())) {
      json.writeStringProperty("revised_prompt", prompt);
    }
    json.writeEndObject();
  }

  /** Closes all of them, even if one fails. */
  @Override
  public void close() throws IOException {
    IOException fault = null;
    for (var picture : pictures) {
      try {
        picture.close();
      } catch (IOException e) {
        fault = e;
      }
    }
    if (fault != null) {
      throw fault;
    }
  }
}
