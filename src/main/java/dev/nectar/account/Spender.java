package dev.nectar.account;

/**
 * Whose use of pictures is summed up by period.
 *
 * @param name with its kind before it
 */
public record Spender(String name) {

  public static Spender key(String id) {
    return new Spender("key " + id);
  }

  public static Spender backend(String name) {
    return new Spender("backend " + name);
  }
}
