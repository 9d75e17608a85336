package dev.nectar.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.image.ImageSize;
import dev.nectar.image.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a back end takes, as its answers tell: of each model that is sent, for an hour; then it is
 * tried anew.
 */
public final class Negotiation {

  private static final Duration MEMORY = Duration.ofHours(1);

  /** Clients choose models and values freely. */
  private static final int MAX_REMEMBERED = 1_000;

  private static final int MAX_SHOWN = 100;

  /** What pictures to paint from are called. */
  private static final String INPUTS = "image";

  /** A longer value is a client's text: neither kept nor shown. */
  private static final int LONGEST_VALUE = 64;

  /** Something that was refused; the value is null if all are. */
  private record Refusal(String model, String parameter, @Nullable String value) {}

  private final List<ImageSize> sizes;
  private final InstantSource clock;
  private final Cache<Refusal, Instant> refusals;
  private final Cache<String, OfferedSizes> offers;
  private final Cache<String, Boolean> inline;
  private final AtomicLong unsupported = new AtomicLong();

  /**
   * @param sizes that the back end can paint, whatever the model; empty if its operator did not say
   */
  public Negotiation(List<ImageSize> sizes, Ticker ticker, InstantSource clock) {
    this.sizes = List.copyOf(sizes);
    this.clock = clock;
    this.refusals = memory(ticker);
    this.offers = memory(ticker);
    this.inline = memory(ticker);
  }

  private static <K, V> Cache<K, V> memory(Ticker ticker) {
    return Caffeine.newBuilder()
        .expireAfterWrite(MEMORY)
        .maximumSize(MAX_REMEMBERED)
        .ticker(ticker)
        .build();
  }

  /**
   * Begins to ask for something.
   *
   * @param wanted all but the prompt, in the order in which it is sent; the size, as {@code WxH},
   *     is {@code size}, or {@code aspect_ratio} where only that can be asked for
   */
  public Terms terms(Map<String, Object> wanted) {
    return new Terms(this, wanted);
  }

  /** What a protocol cannot say is left out like what is refused. */
  public void leaveOut(@Nullable String model, String parameter) {
    refused(model == null ? "" : model, parameter, null);
  }

  /** It has no place for pictures to paint from, whatever the model. */
  public void leaveOutInputs() {
    leaveOut(null, INPUTS);
  }

  /** Whether it may be asked to paint from pictures. */
  public boolean takesInputs() {
    return takes("", INPUTS, "");
  }

  /** What is left out now; the same text for all values that are too long to be shown. */
  public List<LeftOut> leftOut() {
    return refusals.asMap().entrySet().stream()
        .map(entry ->
            new LeftOut(
                entry.getKey().model.isEmpty() ? null : entry.getKey().model,
                entry.getKey().parameter,
                entry.getKey().value,
                entry.getValue()))
        .sorted(Comparator.comparing(LeftOut::until).reversed())
        .limit(MAX_SHOWN)
        .toList();
  }

  /** A part of what it was asked for is not supported. */
  public void noteUnsupported() {
    unsupported.incrementAndGet();
  }

  /** How often that was so, since the start. */
  long unsupported() {
    return unsupported.get();
  }

  long remembered() {
    refusals.cleanUp();
    return refusals.estimatedSize();
  }

  boolean takes(String model, String parameter, Object value) {
    return refusals.getIfPresent(new Refusal(model, parameter, null)) == null
        && refusals.getIfPresent(new Refusal(model, parameter, text(value))) == null;
  }

  void refused(String model, String parameter, @Nullable Object value) {
    refusals.put(
        new Refusal(model, parameter, value == null ? null : text(value)),
        clock.instant().plus(MEMORY));
  }

  private static String text(Object value) {
    var text = value.toString();
    return text.length() <= LONGEST_VALUE
        ? text
        : "%d characters, SHA-256 %s".formatted(text.length(), digest(text));
  }

  private static String digest(String text) {
    return HexFormat.of().formatHex(Sha256.newDigest().digest(text.getBytes(UTF_8)), 0, 8);
  }

  /** The size to ask for in the place of this one; null if none is known to be taken. */
  @Nullable ImageSize nearest(String model, ImageSize wanted) {
    var offer = offers.getIfPresent(model);
    return (offer == null ? OfferedSizes.NONE : offer).orListed(sizes).nearest(wanted);
  }

  void offers(String model, OfferedSizes offer) {
    offers.asMap().merge(model, offer, OfferedSizes::and);
  }

  boolean wantsInline(String model) {
    return inline.getIfPresent(model) != null;
  }

  void wantInline(String model) {
    inline.put(model, true);
  }

  /**
   * What a back end is not asked for, since it did not take it.
   *
   * @param model that is sent; null where none is
   * @param value null if it takes none
   * @param until when it is asked for again
   */
  public record LeftOut(
      @Nullable String model, String parameter, @Nullable String value, Instant until) {}
}
