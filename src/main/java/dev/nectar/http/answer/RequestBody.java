package dev.nectar.http.answer;

import dev.nectar.http.BoundedBody;
import dev.nectar.http.JsonObjectBody.MalformedException;
import dev.nectar.image.ImageTooLargeException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A body that is one JSON object, whose pictures may be as long as they like. */
public final class RequestBody {

  /** Without the pictures. */
  private static final int MAX_TEXT = 4 << 20;

  /** A client sends no more than these of the largest pictures. */
  private static final int MAX_PICTURES = 4;

  private static final int MAX_TOKENS = 200_000;
  private static final int MAX_DEPTH = 100;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxTokenCount(MAX_TOKENS)
                          .maxNestingDepth(MAX_DEPTH)
                          .build())
                  .build())
          .build();

  private RequestBody() {}

  /**
   * Reads the object; what is a picture in it is a reference to one of these.
   *
   * @param maxImageBytes of one picture
   * @throws ImageTooLargeException if the pictures make it too long
   * @throws MalformedException if it is no JSON object, or its text is too long
   */
  public static ObjectNode read(InputStream body, StagedPictures pictures, long maxImageBytes)
      throws IOException {
    var maxBytes = MAX_TEXT + MAX_PICTURES * maxImageBytes / 3 * 4;
    var whole = new BoundedBody(body, maxBytes);
    var window = new ByteWindow(whole);
    try {
      var text = new BoundedBody(PicturelessJson.whole(window, pictures), MAX_TEXT);
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return object;
      }
      throw malformed(maxBytes, null);
    } catch (JacksonException e) {
      if (whole.isPassed()) {
        // Nothing but pictures makes a body that long.
        throw new ImageTooLargeException(maxBytes);
      }
      throw malformed(maxBytes, e);
    }
  }

  private static MalformedException malformed(long maxBytes, @Nullable Throwable cause) {
    return new MalformedException(
        "The body is not a JSON object of at most %d MB, %d MB of it text."
            .formatted(maxBytes >> 20, MAX_TEXT >> 20),
        cause);
  }
}
