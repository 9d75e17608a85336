package dev.nectar.web.connection;

import dev.nectar.web.RawRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.apache.tomcat.util.http.MimeHeaders;

/** Names requests: unique, not secret, so that strong randomness is not needed at every hit. */
final class RequestId {

  private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private RequestId() {}

  /** The one that the client has given, if it is fit for logs and headers; else a new one. */
  static String of(MimeHeaders headers) {
    var given = headers.getHeader(RawRequest.ID_HEADER);
    return given != null && FIT.matcher(given).matches() ? given : next();
  }

  /** 24 hex digits. */
  static String next() {
    var random = ThreadLocalRandom.current();
    return HexFormat.of().toHexDigits(random.nextLong())
        + HexFormat.of().toHexDigits(random.nextInt());
  }
}
