package dev.nectar.account;

import java.time.LocalDate;
import java.util.stream.Stream;

/**
 * What a count of the ledger is of.
 *
 * @param day in UTC
 * @param key a key's id, or {@code main}
 * @param backend as it is shown, or {@code fallback}; empty for what concerns a request as a whole
 * @param model that was sent; empty if none was
 * @param source {@code backend}, {@code fallback} or {@code none}
 */
public record SpendLine(LocalDate day, String key, String backend, String model, String source) {

  /** The key of the settings, which has no limits. */
  public static final String MAIN = "main";

  public static final String FALLBACK = "fallback";

  /** Where nobody painted. */
  public static final String NO_SOURCE = "none";

  /** Whose use this is, too. */
  public Stream<Spender> spenders() {
    return Stream.concat(
        key.equals(MAIN) ? Stream.empty() : Stream.of(Spender.key(key)),
        backend.isEmpty() ? Stream.empty() : Stream.of(Spender.backend(backend)));
  }
}
