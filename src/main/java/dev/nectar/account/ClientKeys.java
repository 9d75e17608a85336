package dev.nectar.account;

import static java.util.stream.Collectors.joining;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.observe.Waiting;
import dev.nectar.storage.WarningLimit;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that were made, all in memory: to look one up costs no query. While the ledger can't be
 * read nobody is let in and nobody is called unknown.
 */
public final class ClientKeys {

  private static final Logger log = LoggerFactory.getLogger(ClientKeys.class);

  /** What was read longer ago does not count: a key may have been revoked since. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  /** Of a change, while others change the same key. */
  private static final int ATTEMPTS = 20;

  private static final int MARK_LENGTH = 12;

  private static final String CHARACTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** Whose key it is. */
  public sealed interface Lookup {}

  public record Found(ClientKey key) implements Lookup {}

  public record Unknown() implements Lookup {}

  /** The ledger can't be read. */
  public record Unreadable() implements Lookup {}

  /**
   * A key that was just made.
   *
   * @param secret the key itself, which nobody can tell later
   */
  public record Made(ClientKey key, String secret) {}

  private record Index(long version, Map<String, ClientKey> byId, Map<String, ClientKey> byHash) {

    static Index of(long version, List<ClientKey> keys) {
      var byId = new HashMap<String, ClientKey>();
      var byHash = new HashMap<String, ClientKey>();
      for (var key : keys) {
        byId.put(key.id(), key);
        byHash.put(key.hash(), key);
        key.former().forEach(former -> byHash.put(former.hash(), key));
      }
      return new Index(version, byId, byHash);
    }
  }

  private final Ledger ledger;
  private final InstantSource clock;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final WarningLimit warnings = new WarningLimit();
  private volatile Index index = Index.of(-1, List.of());
  private volatile boolean readable;
  private volatile long read;

  /**
   * No key is known until the first {@link #refresh}.
   *
   * @param random not to be foretold
   */
  public ClientKeys(Ledger ledger, InstantSource clock, Ticker ticker, RandomGenerator random) {
    this.ledger = ledger;
    this.clock = clock;
    this.ticker = ticker;
    this.random = random;
  }

  /** Learns of what other servers have changed, too. */
  void refresh() {
    try {
      read();
    } catch (IOException | RuntimeException e) {
      readable = false;
      if (warnings.permits()) {
        log.warn(
            "The ledger can't be read; until it can, keys that begin with {} are answered 503: {}",
            ClientKey.PREFIX,
            e.getMessage());
      }
    }
  }

  private synchronized void read() throws IOException {
    var version = ledger.version();
    if (version != index.version()) {
      index = Index.of(version, ledger.keys());
    }
    read = ticker.read();
    readable = true;
  }

  /** Nobody did so in time, on a machine with too much to do. */
  private synchronized void refreshIfOutdated() {
    if (readable && !isReadable()) {
      refresh();
    }
  }

  public boolean isReadable() {
    return readable && ticker.read() - read < FRESH.toNanos();
  }

  /** Who presents this key. */
  public Lookup find(String presented) {
    if (!presented.startsWith(ClientKey.PREFIX)) {
      return new Unknown();
    }
    var hash = ClientKey.hash(presented);
    return lookup(known -> known.byHash().get(hash), hash);
  }

  /** Whose {@link #mark} it is. */
  public Lookup findMarked(String mark) {
    var dot = mark.indexOf('.');
    if (dot < 0) {
      return new Unknown();
    }
    var id = mark.substring(0, dot);
    return lookup(known -> known.byId().get(id), mark.substring(dot + 1));
  }

  /** Names a key as it is now: once it has been replaced, the mark is good as long as it was. */
  public static String mark(ClientKey key) {
    return key.id() + "." + key.hash().substring(0, MARK_LENGTH);
  }

  private Lookup lookup(Function<Index, @Nullable ClientKey> known, String hash) {
    if (readable && !isReadable()) {
      Waiting.begin();
      refreshIfOutdated();
    }
    if (!isReadable()) {
      return new Unreadable();
    }
    var key = known.apply(index);
    var now = clock.instant();
    return key != null
            && key.isGood(now)
            && hash.length() >= MARK_LENGTH
            && key.hashes(now).anyMatch(good -> good.startsWith(hash))
        ? new Found(key)
        : new Unknown();
  }

  /** All that are not revoked, the oldest first. */
  public List<ClientKey> list() {
    return index.byId().values().stream()
        .filter(key -> !key.revoked())
        .sorted(Comparator.comparing(ClientKey::createdAt).thenComparing(ClientKey::id))
        .toList();
  }

  public Optional<ClientKey> get(String id) {
    return named(id).filter(key -> !key.revoked());
  }

  /** Also one that is revoked. */
  public Optional<ClientKey> named(String id) {
    return Optional.ofNullable(index.byId().get(id));
  }

  /**
   * Makes a key.
   *
   * @throws IOException if the ledger did not take it
   */
  public Made make(KeyTerms terms) throws IOException {
    var secret = newSecret();
    var key =
        new ClientKey(
            newId(),
            1,
            terms.name(),
            terms.models(),
            terms.rate(),
            terms.budget(),
            terms.expiresAt(),
            terms.referers(),
            clock.instant(),
            ClientKey.hash(secret),
            List.of(),
            false);
    if (!ledger.keep(key)) {
      throw new IOException("the ledger did not take the key");
    }
    read();
    return new Made(key, secret);
  }

  private String newSecret() {
    return ClientKey.PREFIX + text(43);
  }

  private String newId() {
    return text(12);
  }

  private String text(int length) {
    return random
        .ints(length, 0, CHARACTERS.length())
        .mapToObj(CHARACTERS::charAt)
        .map(String::valueOf)
        .collect(joining());
  }

  /**
   * Changes what is said of a key; empty if there is none.
   *
   * @throws IOException if the ledger did not take it
   */
  public Optional<ClientKey> change(String id, UnaryOperator<KeyTerms> change) throws IOException {
    return replace(id, key -> key.revised(change.apply(key.terms())));
  }

  /**
   * Gives a key another secret; empty if there is none.
   *
   * @param grace how long the secret before is still good
   * @throws IOException if the ledger did not take it
   */
  public Optional<Made> rotate(String id, Duration grace) throws IOException {
    var secret = newSecret();
    var now = clock.instant();
    return replace(id, key -> key.rotated(ClientKey.hash(secret), now, now.plus(grace)))
        .map(key -> new Made(key, secret));
  }

  /**
   * Revokes a key; false if there is none.
   *
   * @throws IOException if the ledger did not take it
   */
  public boolean revoke(String id) throws IOException {
    return replace(id, ClientKey::revokedForGood).isPresent();
  }

  private Optional<ClientKey> replace(String id, UnaryOperator<ClientKey> change)
      throws IOException {
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      read();
      var before = get(id);
      if (before.isEmpty()) {
        return Optional.empty();
      }
      var changed = change.apply(before.get());
      if (ledger.keep(changed)) {
        read();
        return Optional.of(changed);
      }
    }
    throw new IOException("the key is changed by too many at once");
  }
}
