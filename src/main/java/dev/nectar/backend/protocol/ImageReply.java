package dev.nectar.backend.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.backend.ErrorReport;
import dev.nectar.image.ImageSink;
import dev.nectar.image.StagedImage;
import dev.nectar.image.StagingArea;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * What a back end's 2xx answer holds, read as a stream: the image goes straight to a staged file.
 */
public sealed interface ImageReply {

  record Inline(StagedImage image) implements ImageReply {}

  record Link(String url) implements ImageReply {}

  /**
   * No image.
   *
   * @param report what there was instead
   * @param refused whether the answer says that a filter held the image back
   * @param emptyData whether there was a {@code data} array with nothing in it
   */
  record Nothing(ErrorReport report, boolean refused, boolean emptyData) implements ImageReply {}

  /**
   * Reads an answer as far as its image.
   *
   * @throws IOException if it is no JSON, ends early, or holds no image where it says so
   */
  static ImageReply read(InputStream body, StagingArea staging) throws IOException {
    return read(body, staging, null);
  }

  private static ImageReply read(InputStream body, StagingArea staging, @Nullable Reader before)
      throws IOException {
    try (var parser = Reader.JSON.createParser(ObjectReadContext.empty(), body)) {
      return new Reader(parser, body, staging, before).read();
    } catch (JacksonException e) {
      throw new IOException("not the JSON of an image answer", e);
    }
  }

  /** One pass over the answer's tokens. */
  final class Reader {

    private static final int MAX_TEXT = 64 * 1024;
    private static final int MAX_CODES = 100;

    /** A URL or a message is far shorter; an image is never read as a string. */
    private static final JsonFactory JSON =
        JsonFactory.builder()
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxStringLength(MAX_TEXT)
                    .maxNestingDepth(50)
                    .maxTokenCount(10_000)
                    .build())
            .build();

    private static final Set<String> FINISH_REASONS = Set.of("finishreason", "finish_reason");

    private final JsonParser parser;
    private final InputStream body;
    private final StagingArea staging;
    private final boolean inline;
    private final List<String> codes = new ArrayList<>();
    private final StringBuilder messages = new StringBuilder();
    private @Nullable String url;
    private boolean refused;
    private boolean emptyData;

    /**
     * @param before who read the answer up to here and found an image without a byte; null at the
     *     start
     */
    private Reader(
        JsonParser parser, InputStream body, StagingArea staging, @Nullable Reader before) {
      this.parser = parser;
      this.body = body;
      this.staging = staging;
      this.inline = before == null;
      if (before != null) {
        codes.addAll(before.codes);
        messages.append(before.messages);
        url = before.url;
        refused = before.refused;
      }
    }

    private ImageReply read() throws IOException {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not the JSON of an image answer");
      }
      var previous = JsonToken.START_OBJECT;
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.END_ARRAY && previous == JsonToken.START_ARRAY) {
          emptyData |= "data".equals(parser.streamReadContext().currentName());
        }
        previous = token;
        var name = parser.currentName();
        if (name == null) {
          continue;
        }
        if (token == JsonToken.VALUE_FALSE && name.equals("respect_moderation")) {
          refused = true;
        } else if (token == JsonToken.VALUE_STRING) {
          if (inline && name.equals("b64_json") && isOfImage()) {
            return decode();
          } else {
            take(name, parser.getString());
          }
        }
      }
      return url == null || refused ? nothing() : new Link(url);
    }

    private Nothing nothing() {
      var report = new ErrorReport(200, List.copyOf(codes), messages.toString(), List.of());
      return new Nothing(report, refused, emptyData);
    }

    private boolean isOfImage() {
      return parser.streamReadContext().pathAsPointer().toString().startsWith("/data/0/");
    }

    private void take(String name, String value) {
      if (name.equals("url") && isOfImage() && !value.isBlank()) {
        url = value;
      } else if (FINISH_REASONS.contains(name.toLowerCase(Locale.ROOT)) && isFilter(value)) {
        refused = true;
      } else if (ErrorReport.CODE_FIELDS.contains(name) && codes.size() < MAX_CODES) {
        codes.add(value.toLowerCase(Locale.ROOT));
      } else if (ErrorReport.MESSAGE_FIELDS.contains(name) && messages.length() < MAX_TEXT) {
        messages.append(value.toLowerCase(Locale.ROOT)).append('\n');
      }
    }

    private static boolean isFilter(String finishReason) {
      var reason = finishReason.toLowerCase(Locale.ROOT);
      return reason.contains("filter")
          || reason.contains("safety")
          || reason.contains("prohibited");
    }

    /**
     * Takes the string that the parser stands before out of its hands: it would hold all of it in
     * memory. What follows an empty one is read as the same answer without it.
     */
    private ImageReply decode() throws IOException {
      var buffered = new ByteArrayOutputStream();
      if (parser.releaseBuffered(buffered) < 0) {
        throw new IOException("not UTF-8");
      }
      var rest = new SequenceInputStream(new ByteArrayInputStream(buffered.toByteArray()), body);
      try (ImageSink sink = staging.open()) {
        var after = Base64Text.decode(rest, sink);
        if (sink.size() > 0) {
          return new Inline(sink.finish());
        }
        var before = new ByteArrayInputStream("{\"data\":[{\"b64_json\":null".getBytes(UTF_8));
        return ImageReply.read(new SequenceInputStream(before, after), staging, this);
      }
    }
  }
}
