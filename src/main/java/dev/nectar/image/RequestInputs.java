package dev.nectar.image;

import dev.nectar.image.staging.InputImages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a picture is to be made from, without the bytes.
 *
 * @param images in their order
 * @param mask says which parts of the first image are to change; null: all may
 */
public record RequestInputs(List<Input> images, @Nullable Input mask) {

  public static final RequestInputs NONE = new RequestInputs(List.of(), null);

  /** Before the SHA-256 of an input, where a link names it. */
  public static final String SHA256 = "sha256:";

  public static final String IMAGE = "image";
  public static final String MASK = "mask";

  public static final Pattern CHECKSUM = Pattern.compile(SHA256 + "[0-9a-f]{64}");

  /** Between the names of several. */
  private static final String SEPARATOR = "|";

  /**
   * One of them.
   *
   * @param sha256 in lower-case hex
   * @param format null: not known, as its size
   * @param size in bytes
   */
  public record Input(String sha256, @Nullable ImageFormat format, @Nullable Long size) {

    public static Input of(ImageFacts facts) {
      return new Input(facts.sha256(), facts.format(), facts.size());
    }

    /** One of which nothing else is known. */
    public static Input named(String sha256) {
      return new Input(sha256, null, null);
    }
  }

  public RequestInputs {
    images = List.copyOf(images);
  }

  public static RequestInputs of(InputImages inputs) {
    return inputs.isEmpty()
        ? NONE
        : new RequestInputs(
            inputs.images().stream().map(image -> Input.of(image.facts())).toList(),
            inputs.mask() == null ? null : Input.of(inputs.mask().facts()));
  }

  public boolean isEmpty() {
    return images.isEmpty();
  }

  /** By {@value #IMAGE} and {@value #MASK}, in the order in which cache keys hold them. */
  public List<Map.Entry<String, String>> checksums() {
    var checksums = new ArrayList<Map.Entry<String, String>>();
    images.forEach(image -> checksums.add(Map.entry(IMAGE, image.sha256())));
    if (mask != null) {
      checksums.add(Map.entry(MASK, mask.sha256()));
    }
    return checksums;
  }

  /** As the parameters of a link. */
  Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    if (!images.isEmpty()) {
      parameters.put(
          IMAGE,
          images.stream()
              .map(image -> SHA256 + image.sha256())
              .collect(Collectors.joining(SEPARATOR)));
    }
    if (mask != null) {
      parameters.put(MASK, SHA256 + mask.sha256());
    }
    return parameters;
  }
}
