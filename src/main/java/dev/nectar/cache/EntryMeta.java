package dev.nectar.cache;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nectar.cache.CacheEntry.Blocked;
import dev.nectar.cache.CacheEntry.FallbackFailed;
import dev.nectar.cache.CacheEntry.Hosted;
import dev.nectar.cache.CacheEntry.Note;
import dev.nectar.cache.CacheEntry.Stored;
import dev.nectar.image.ImageExtras;
import dev.nectar.image.ImageFacts;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSize;
import dev.nectar.image.ImageSource;
import dev.nectar.image.RequestInputs;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * An entry as it is written, everything optional. {@code revisedPrompt} is only read: entries of
 * the original script have it, and neither request, source, size, checksum nor pixels.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EntryMeta(
    @Nullable Asked request,
    @Nullable String prompt,
    @Nullable String optimizedPrompt,
    @Nullable String rewrittenPrompt,
    @Nullable String revisedPrompt,
    @Nullable ImageSource source,
    @Nullable String backend,
    @Nullable String model,
    @Nullable BigDecimal cost,
    @JsonDeserialize(using = CreationTime.class) @Nullable Instant createdAt,
    @Nullable String contentType,
    @Nullable Long size,
    @Nullable String sha256,
    @Nullable String file,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable URI url,
    @Nullable Boolean blocked,
    @JsonDeserialize(using = CreationTime.class) @Nullable Instant blockedAt,
    @Nullable Boolean fallbackFailed,
    @Nullable Boolean contentRefused) {

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Asked(
      @Nullable String prompt,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable String model,
      @Nullable Integer seed,
      @Nullable Boolean seedDrawn,
      @Nullable Map<String, String> extras,
      @Nullable List<Input> inputs,
      @Nullable Input mask) {

    static @Nullable Asked of(@Nullable ImageRequest request) {
      if (request == null) {
        return null;
      }
      var size = request.size();
      return new Asked(
          request.prompt(),
          size == null ? null : size.width(),
          size == null ? null : size.height(),
          request.model(),
          request.seed(),
          request.seedDrawn() ? true : null,
          request.extras().isEmpty() ? null : request.extras().texts(),
          request.inputs().isEmpty()
              ? null
              : request.inputs().images().stream().map(Input::of).toList(),
          request.inputs().mask() == null ? null : Input.of(request.inputs().mask()));
    }

    @Nullable ImageRequest toRequest() {
      return prompt == null || seed == null
          ? null
          : new ImageRequest(
              prompt,
              width == null || height == null ? null : new ImageSize(width, height),
              model,
              seed,
              Boolean.TRUE.equals(seedDrawn),
              extras == null ? ImageExtras.NONE : ImageExtras.ofTexts(extras),
              inputs == null
                  ? RequestInputs.NONE
                  : new RequestInputs(
                      inputs.stream().map(Input::toInput).toList(),
                      mask == null ? null : mask.toInput()));
    }
  }

  /** A picture that was brought along, without its bytes. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Input(@Nullable String sha256, @Nullable String contentType, @Nullable Long size) {

    static Input of(RequestInputs.Input input) {
      return new Input(
          input.sha256(), input.format() == null ? null : input.format().mediaType(), input.size());
    }

    RequestInputs.Input toInput() {
      return new RequestInputs.Input(
          Objects.requireNonNullElse(sha256, ""),
          ImageFormat.ofMediaType(contentType).orElse(null),
          size);
    }
  }

  static EntryMeta of(CacheEntry entry) {
    var story = entry.provenance();
    var image = entry instanceof CacheEntry.Image known ? known.facts() : null;
    var pixels = image == null ? null : image.pixels();
    var blockedAt = entry instanceof FallbackFailed failed ? failed.blockedAt() : null;
    return new EntryMeta(
        Asked.of(story.request()),
        story.prompt(),
        story.optimizedPrompt(),
        story.rewrittenPrompt(),
        null,
        story.source(),
        story.backend(),
        story.model(),
        story.cost(),
        story.createdAt(),
        image == null ? null : image.format().mediaType(),
        image == null ? null : image.size(),
        image == null ? null : image.sha256(),
        entry instanceof Stored stored ? String.valueOf(stored.file().getFileName()) : null,
        pixels == null ? null : pixels.width(),
        pixels == null ? null : pixels.height(),
        entry instanceof Hosted hosted ? hosted.url() : null,
        (entry instanceof Blocked || blockedAt != null) ? true : null,
        blockedAt,
        entry instanceof FallbackFailed ? true : null,
        (entry instanceof FallbackFailed(_, _, var refused) && refused) ? true : null);
  }

  /** What it says where there is no image; empty if it says nothing then. */
  public Optional<Note> note(Instant written) {
    if (url != null) {
      return hosted(url, written);
    }
    if (Boolean.TRUE.equals(fallbackFailed)) {
      var story = provenance(ImageSource.FALLBACK, written);
      var since = blockedAt == null ? story.createdAt() : blockedAt;
      return Optional.of(
          new FallbackFailed(
              story,
              Boolean.TRUE.equals(blocked) ? since : null,
              Boolean.TRUE.equals(contentRefused)));
    }
    if (Boolean.TRUE.equals(blocked)) {
      return Optional.of(new Blocked(provenance(ImageSource.BACKEND, written)));
    }
    return Optional.empty();
  }

  private Optional<Note> hosted(URI url, Instant written) {
    return size == null || sha256 == null
        ? Optional.empty()
        : ImageFormat.ofMediaType(contentType)
            .map(format ->
                new Hosted(
                    provenance(ImageSource.BACKEND, written),
                    new ImageFacts(format, size, sha256, pixels()),
                    url));
  }

  /** Of the image itself; those that were asked for stand in the request. */
  public @Nullable ImageSize pixels() {
    return width == null || height == null ? null : new ImageSize(width, height);
  }

  /** Where the original noted a block beside an image, its fallback had painted the image. */
  public Provenance imageProvenance(Instant written) {
    var fallback = Boolean.TRUE.equals(blocked) || Boolean.TRUE.equals(fallbackFailed);
    return provenance(fallback ? ImageSource.FALLBACK : ImageSource.BACKEND, written);
  }

  /** Whether this was written without an image; what the original wrote does not tell. */
  public boolean lacksImage() {
    return url != null || (request != null && sha256 == null);
  }

  /** Whether there is nothing to check an image by, as in entries of the original script. */
  public boolean lacksChecksum() {
    return size == null && sha256 == null;
  }

  private Provenance provenance(ImageSource unlessTold, Instant written) {
    return new Provenance(
        request == null ? null : request.toRequest(),
        firstOf(prompt, rewrittenPrompt, revisedPrompt, optimizedPrompt),
        optimizedPrompt,
        rewrittenPrompt,
        source == null ? unlessTold : source,
        backend,
        model,
        createdAt == null ? written : createdAt,
        cost);
  }

  private static @Nullable String firstOf(@Nullable String... prompts) {
    for (var prompt : prompts) {
      if (prompt != null) {
        return prompt;
      }
    }
    return null;
  }
}
