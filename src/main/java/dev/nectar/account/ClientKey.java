package dev.nectar.account;

import dev.nectar.image.Sha256;
import dev.nectar.settings.Rate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A key that was made while the server ran.
 *
 * @param revision from 1, one more with each change
 * @param models that it opens; null: all
 * @param rate of pictures made for it; null: no limit of its own
 * @param budget null: none
 * @param expiresAt null: never
 * @param referers hosts whose pages may use it; null: all
 * @param hash of the key itself
 * @param former keys that it was before, as long as they are good
 * @param revoked for good
 */
public record ClientKey(
    String id,
    long revision,
    String name,
    @Nullable List<String> models,
    @Nullable Rate rate,
    @Nullable Budget budget,
    @Nullable Instant expiresAt,
    @Nullable List<String> referers,
    Instant createdAt,
    String hash,
    List<Former> former,
    boolean revoked) {

  /** What all keys begin with. */
  public static final String PREFIX = "nk-";

  /** Stands for every model. */
  public static final String ANY_MODEL = "*";

  /** A key that was replaced. */
  public record Former(String hash, Instant end) {}

  public static String hash(String key) {
    return HexFormat.of()
        .formatHex(Sha256.newDigest().digest(key.getBytes(StandardCharsets.UTF_8)));
  }

  public boolean isGood(Instant now) {
    return !revoked && (expiresAt == null || now.isBefore(expiresAt));
  }

  /** The hashes that open it at this time. */
  Stream<String> hashes(Instant now) {
    return Stream.concat(
        Stream.of(hash),
        former.stream().filter(before -> now.isBefore(before.end())).map(Former::hash));
  }

  /** Whether it opens a model. */
  public boolean opens(@Nullable String model) {
    return models == null
        || models.contains(ANY_MODEL)
        || (model != null && models.contains(model));
  }

  ClientKey revised(KeyTerms terms) {
    return new ClientKey(
        id,
        revision + 1,
        terms.name(),
        terms.models(),
        terms.rate(),
        terms.budget(),
        terms.expiresAt(),
        terms.referers(),
        createdAt,
        hash,
        former,
        revoked);
  }

  /** With another key; the one before is good until then. */
  ClientKey rotated(String newHash, Instant now, Instant end) {
    var kept =
        Stream.concat(former.stream(), Stream.of(new Former(hash, end)))
            .filter(before -> now.isBefore(before.end()))
            .toList();
    return new ClientKey(
        id,
        revision + 1,
        name,
        models,
        rate,
        budget,
        expiresAt,
        referers,
        createdAt,
        newHash,
        kept,
        revoked);
  }

  ClientKey revokedForGood() {
    return new ClientKey(
        id,
        revision + 1,
        name,
        models,
        rate,
        budget,
        expiresAt,
        referers,
        createdAt,
        hash,
        List.of(),
        true);
  }

  public KeyTerms terms() {
    return new KeyTerms(name, models, rate, budget, expiresAt, referers);
  }
}
