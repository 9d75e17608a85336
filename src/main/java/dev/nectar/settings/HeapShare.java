package dev.nectar.settings;

/**
 * What may be held in memory, each kind up to its share of the heap; together they leave a sixth of
 * it for everything else.
 */
public enum HeapShare {
  /** Requests that arrive, and answers that leave. */
  CONNECTIONS(0.4),

  /** Images that the disk does not take. */
  HELD_IMAGES(0.2),

  /** What is known of entries. */
  DESCRIPTIONS(0.1),

  /** Images that are decoded. */
  DECODING(0.125);

  /** What Tomcat needs for a client that is slow to ask or to read, measured. */
  private static final int CONNECTION_BYTES = 110 * 1024;

  /** However large the heap: each takes a descriptor, too. */
  private static final int MOST_CONNECTIONS = 16_384;

  private final double share;

  HeapShare(double share) {
    this.share = share;
  }

  public double share() {
    return share;
  }

  public long bytes() {
    return (long) (share * Runtime.getRuntime().maxMemory());
  }

  /** How many connections there may be at a time. */
  public static int connections() {
    return (int) Math.min(MOST_CONNECTIONS, CONNECTIONS.bytes() / CONNECTION_BYTES);
  }

  /** How many requests may wait for images at a time; the rest is for what is known, and health. */
  public static int waiters() {
    return connections() / 2;
  }
}
