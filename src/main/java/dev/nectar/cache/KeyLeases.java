package dev.nectar.cache;

import dev.nectar.http.Deadline;
import java.util.Optional;

/** Agrees among the nodes that share a store who makes the image of a key. */
public interface KeyLeases {

  /** For a node that shares its store with nobody. */
  KeyLeases NONE =
      new KeyLeases() {
        @Override
        public Optional<Lease> take(CacheKey key, Deadline deadline) {
          return Optional.of(Lease.FREE);
        }

        @Override
        public boolean revoke(CacheKey key) {
          return false;
        }
      };

  /**
   * Waits until nobody has the key's lease, and takes it; empty if that did not happen by the
   * deadline.
   */
  Optional<Lease> take(CacheKey key, Deadline deadline);

  /** What any node makes or waits to make of this key is not to be kept; whether one makes it. */
  boolean revoke(CacheKey key);

  /** The right to make a key's image. Closing it passes it on. */
  interface Lease extends AutoCloseable {

    /** Of a key that nobody else can ask for. */
    Lease FREE =
        new Lease() {
          @Override
          public boolean isRevoked() {
            return false;
          }

          @Override
          public void close() {}
        };

    /** Whether the key was revoked since the lease was asked for. */
    boolean isRevoked();

    @Override
    void close();
  }
}
