package dev.nectar.backend;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;

/** Remembers what a back end does not take, so that it is not asked for it again. */
public final class Negotiation {

  /** Clients choose models and sizes freely. */
  private static final int MAX_REMEMBERED = 1_000;

  /** Parameters that it never takes, and {@code name=value} pairs that it does not accept. */
  private final Cache<String, Boolean> refused =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

  /** Takes out of the parameters what is known not to be taken. */
  public void prune(Map<String, Object> parameters) {
    parameters
        .entrySet()
        .removeIf(entry ->
            refused.getIfPresent(entry.getKey()) != null
                || refused.getIfPresent(pair(entry.getKey(), entry.getValue())) != null);
  }

  /** Learns from an answer, and takes what it blames out of the parameters. */
  public void learn(Unsupported unsupported, Map<String, Object> parameters) {
    var name = unsupported.parameter();
    var value = parameters.remove(name);
    refused.put(unsupported.always() || value == null ? name : pair(name, value), true);
  }

  private static String pair(String name, Object value) {
    return name + "=" + value;
  }
}
