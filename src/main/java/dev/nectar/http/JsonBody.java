package dev.nectar.http;

import dev.nectar.image.staging.StagedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeSerializer;

/**
 * An outgoing JSON object whose pictures are read and encoded while it is sent. Its length is told,
 * which not every server can do without.
 */
public final class JsonBody extends AbstractHttpEntity {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final ContentType TYPE = ContentType.create("application/json");

  /** Of whole groups, so that nothing is padded but the end. */
  private static final int CHUNK = 3 * 4096;

  /** A part of the whole, of a length that is known before it is read. */
  private record Piece(long length, Content content) {

    interface Content {
      void writeTo(OutputStream out) throws IOException;
    }
  }

  /**
   * A picture as a string of the object.
   *
   * @param prefix what the string has before the picture: ASCII that JSON need not escape
   */
  public record Base64Picture(String prefix, StagedImage image) implements JacksonSerializable {

    public static Base64Picture bare(StagedImage image) {
      return new Base64Picture("", image);
    }

    public static Base64Picture asDataUrl(StagedImage image) {
      return new Base64Picture("data:" + image.format().mediaType() + ";base64,", image);
    }

    @Override
    public void serialize(JsonGenerator json, SerializationContext context) {
      json.writeRawValue("\"" + prefix);
      json.flush();
      ((Pieces) json.streamWriteOutputTarget()).add(this);
      json.writeRaw('"');
    }

    @Override
    public void serializeWithType(
        JsonGenerator json, SerializationContext context, TypeSerializer type) {
      serialize(json, context);
    }

    private long length() {
      return (image.size() + 2) / 3 * 4;
    }

    private void writeTo(OutputStream out) throws IOException {
      try (var bytes = image.open()) {
        var encoder = Base64.getEncoder();
        for (var chunk = bytes.readNBytes(CHUNK);
            chunk.length > 0;
            chunk = bytes.readNBytes(CHUNK)) {
          out.write(encoder.encode(chunk));
        }
      }
    }
  }

  /** Takes the text up to each picture, and the picture. */
  private static final class Pieces extends ByteArrayOutputStream {

    private final List<Piece> all = new ArrayList<>();

    void add(Base64Picture picture) {
      endText();
      all.add(new Piece(picture.length(), picture::writeTo));
    }

    List<Piece> all() {
      endText();
      return List.copyOf(all);
    }

    private void endText() {
      var text = toByteArray();
      all.add(new Piece(text.length, out -> out.write(text)));
      reset();
    }
  }

  private final List<Piece> pieces;

  /**
   * @param object of values that Jackson can write, and {@link Base64Picture}s wherever they belong
   */
  public JsonBody(Map<String, ?> object) {
    super(TYPE, null);
    var target = new Pieces();
    JSON.writeValue(target, object);
    this.pieces = target.all();
  }

  @Override
  public long getContentLength() {
    return pieces.stream().mapToLong(Piece::length).sum();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    for (var piece : pieces) {
      piece.content.writeTo(out);
    }
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  /** The whole, in memory. */
  @Override
  public InputStream getContent() throws IOException {
    var bytes = new ByteArrayOutputStream();
    writeTo(bytes);
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  @Override
  public void close() {}
}
