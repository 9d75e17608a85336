package dev.nectar.web.connection;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Names requests: unique, not secret, so that strong randomness is not needed at every hit. */
final class RequestId {

  private RequestId() {}

  /** 24 hex digits. */
  static String next() {
    var random = ThreadLocalRandom.current();
    return HexFormat.of().toHexDigits(random.nextLong())
        + HexFormat.of().toHexDigits(random.nextInt());
  }
}
