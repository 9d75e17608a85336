package dev.nectar.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A small body that is one JSON object. */
public final class JsonObjectBody {

  private static final int MAX_BYTES = 512 * 1024;

  private static final JsonMapper JSON = JsonMapper.shared();

  private JsonObjectBody() {}

  /** A body that is something else; the message is fit for its sender. */
  public static final class MalformedException extends IOException {

    private static final long serialVersionUID = 1L;

    private MalformedException(@Nullable Throwable cause) {
      this("The body is not a JSON object of at most 512 KB.", cause);
    }

    public MalformedException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Reads the body's members.
   *
   * @throws MalformedException if it is no JSON object or over 512 KB
   */
  @SuppressWarnings("NullAway") // Jackson does not declare that values, and the whole, may be null
  public static Map<String, @Nullable Object> read(InputStream body) throws IOException {
    try {
      Map<String, @Nullable Object> members =
          JSON.readValue(
              new BoundedBody(body, MAX_BYTES),
              new TypeReference<Map<String, @Nullable Object>>() {});
      if (members == null) {
        throw new MalformedException(null);
      }
      return members;
    } catch (JacksonException e) {
      throw new MalformedException(e);
    }
  }
}
