package dev.nectar.openai;

import dev.nectar.http.answer.RequestBody;
import dev.nectar.http.answer.StagedPictures;
import dev.nectar.image.RequestInputs;
import dev.nectar.web.input.ImageNames;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of an order for edits: OpenAI's, with objects, or Pollinations', with URLs.
 *
 * @param images each a URL, or what is staged
 */
record EditBody(Map<String, @Nullable Object> members, List<String> images, @Nullable String mask) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * Reads a body, and stages the pictures in it.
   *
   * @throws dev.nectar.http.JsonObjectBody.MalformedException if it is no JSON object, or too long
   */
  @SuppressWarnings("NullAway") // Jackson does not declare that values may be null
  static EditBody read(InputStream body, StagedPictures staged, long maxImageBytes)
      throws IOException {
    var json = RequestBody.read(body, staged, maxImageBytes);
    Map<String, @Nullable Object> members =
        JSON.convertValue(json, new TypeReference<Map<String, @Nullable Object>>() {});
    var images = ImageNames.of("images", members.get("images"));
    var masks = ImageNames.of(RequestInputs.MASK, members.get(RequestInputs.MASK));
    return new EditBody(
        members,
        images.isEmpty()
            ? ImageNames.of(RequestInputs.IMAGE, members.get(RequestInputs.IMAGE))
            : images,
        masks.isEmpty() ? null : masks.getFirst());
  }
}
