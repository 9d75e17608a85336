package dev.nectar.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.image.ImageExtras;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.Sha256;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of {@code prompt|width|height|model|seed} and, for each extra that was given, {@code
 * |name=value}, then for each input {@code |image=} and the mask's {@code |mask=} with its SHA-256;
 * as four words: a store may hold a million of them in memory.
 */
public record CacheKey(long first, long second, long third, long fourth) {

  /** That of {@link #toString}. */
  static final Comparator<CacheKey> ORDER =
      Comparator.comparing(CacheKey::first, Long::compareUnsigned)
          .thenComparing(CacheKey::second, Long::compareUnsigned)
          .thenComparing(CacheKey::third, Long::compareUnsigned)
          .thenComparing(CacheKey::fourth, Long::compareUnsigned);

  private static final String MISSING = "def";
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  public static CacheKey of(ImageRequest request) {
    var size = request.size();
    var text =
        String.join(
            "|",
            escaped(request.prompt().strip()),
            size == null ? MISSING : Integer.toString(size.width()),
            size == null ? MISSING : Integer.toString(size.height()),
            model(request.model()),
            Integer.toString(request.seed()));
    return of(
        Sha256.newDigest()
            .digest((text + extras(request.extras()) + inputs(request)).getBytes(UTF_8)));
  }

  /** Reads {@link #toString}; empty if the text is anything else. */
  public static Optional<CacheKey> parse(String hex) {
    return HEX.matcher(hex).matches()
        ? Optional.of(of(HexFormat.of().parseHex(hex)))
        : Optional.empty();
  }

  private static CacheKey of(byte[] digest) {
    var words = ByteBuffer.wrap(digest).asLongBuffer();
    return new CacheKey(words.get(), words.get(), words.get(), words.get());
  }

  private static String model(@Nullable String model) {
    if (model == null) {
      return MISSING;
    }
    return model.equals(MISSING) ? "%64ef" : escaped(model);
  }

  private static String extras(ImageExtras extras) {
    if (extras.isEmpty()) {
      return "";
    }
    var text = new StringBuilder();
    extras
        .texts()
        .forEach((name, value) -> text.append('|').append(name).append('=').append(escaped(value)));
    return text.toString();
  }

  private static String inputs(ImageRequest request) {
    return request.inputs().checksums().stream()
        .map(input -> "|" + input.getKey() + "=" + input.getValue())
        .collect(Collectors.joining());
  }

  private static String escaped(String text) {
    return text.replace("%", "%25").replace("|", "%7C");
  }

  /** Enough of the key to find its line in a log. */
  public String abbreviated() {
    return toString().substring(0, 12);
  }

  /** 64 lower-case hex digits. */
  @Override
  public String toString() {
    var hex = HexFormat.of();
    return hex.toHexDigits(first)
        + hex.toHexDigits(second)
        + hex.toHexDigits(third)
        + hex.toHexDigits(fourth);
  }
}
