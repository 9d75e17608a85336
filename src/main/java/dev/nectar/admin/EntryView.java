package dev.nectar.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheEntry.Hosted;
import dev.nectar.cache.CacheKey;
import dev.nectar.image.RequestInputs;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cached image in a listing; its JSON has these names.
 *
 * @param prompt as it was asked for
 * @param width as it was asked for, as the height
 * @param backend that painted; null if none did, or it is not known
 * @param cost in {@code CURRENCY}; null if it is not known
 * @param bytes of the image
 * @param pixels its real width and height; null if they are not known
 * @param hostedUrl null if the image is here
 * @param inputs that it was made from, in their order
 * @param mask that said what of the first may change; null if there was none
 */
record EntryView(
    String key,
    @Nullable String prompt,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable String model,
    @Nullable Integer seed,
    String source,
    @Nullable String backend,
    @Nullable BigDecimal cost,
    Instant createdAt,
    String contentType,
    long bytes,
    @Nullable Pixels pixels,
    @Nullable String hostedUrl,
    List<Input> inputs,
    @Nullable Input mask) {

  record Pixels(int width, int height) {}

  /** All that an entry holds. */
  @JsonInclude
  record Whole(
      @JsonUnwrapped EntryView image,
      @Nullable String sentPrompt,
      @Nullable String optimizedPrompt,
      @Nullable String rewrittenPrompt,
      @Nullable String sentModel,
      String sha256,
      Map<String, String> extras) {}

  /**
   * A picture that it was made from.
   *
   * @param contentType null if it is not known, as the size
   * @param size in bytes
   */
  record Input(String sha256, @Nullable String contentType, @Nullable Long size) {

    static Input of(RequestInputs.Input input) {
      var format = input.format();
      return new Input(input.sha256(), format == null ? null : format.mediaType(), input.size());
    }
  }

  /** Empty if the entry is no image. */
  static Optional<EntryView> of(CacheKey key, CacheEntry entry) {
    return entry instanceof CacheEntry.Image image ? Optional.of(of(key, image)) : Optional.empty();
  }

  private static EntryView of(CacheKey key, CacheEntry.Image entry) {
    var pixels = entry.pixels();
    var story = entry.provenance();
    var request = story.request();
    var size = request == null ? null : request.size();
    var inputs = request == null ? RequestInputs.NONE : request.inputs();
    return new EntryView(
        key.toString(),
        request == null ? story.prompt() : request.prompt(),
        size == null ? null : size.width(),
        size == null ? null : size.height(),
        request == null ? null : request.model(),
        request == null ? null : request.seed(),
        story.source().name().toLowerCase(Locale.ROOT),
        story.backend(),
        story.cost(),
        story.createdAt(),
        entry.format().mediaType(),
        entry.size(),
        pixels == null ? null : new Pixels(pixels.width(), pixels.height()),
        entry instanceof Hosted hosted ? hosted.url().toASCIIString() : null,
        inputs.images().stream().map(Input::of).toList(),
        inputs.mask() == null ? null : Input.of(inputs.mask()));
  }

  static Optional<Whole> whole(CacheKey key, CacheEntry entry) {
    return entry instanceof CacheEntry.Image image
        ? Optional.of(whole(of(key, image), image))
        : Optional.empty();
  }

  private static Whole whole(EntryView image, CacheEntry.Image entry) {
    var story = entry.provenance();
    var request = story.request();
    return new Whole(
        image,
        story.prompt(),
        story.optimizedPrompt(),
        story.rewrittenPrompt(),
        story.model(),
        entry.sha256(),
        request == null ? Map.of() : request.extras().texts());
  }
}
