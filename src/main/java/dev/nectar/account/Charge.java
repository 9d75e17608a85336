package dev.nectar.account;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A picture that may be made, until it is settled.
 *
 * @param key who pays
 * @param hold null if nothing is held for it
 */
public record Charge(String key, @Nullable Hold hold) {

  /** Of whoever has no limits. */
  public static Charge free(String key) {
    return new Charge(key, null);
  }

  List<Hold> takenFrom(Map<String, Hold> holds) {
    if (hold == null) {
      return List.of();
    }
    holds.remove(hold.id());
    return List.of(hold);
  }
}
