package dev.nectar.web.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Unpadded base64url of HMAC-SHA256; the first key signs, all of them verify. */
public final class UrlSignatures {

  private static final String ALGORITHM = "HmacSHA256";

  private final Supplier<List<String>> keys;

  public UrlSignatures(List<String> keys) {
    this(() -> keys);
  }

  /**
   * @param keys asked for each time
   */
  UrlSignatures(Supplier<List<String>> keys) {
    this.keys = keys;
  }

  /** Whether there is a key to sign with. */
  boolean isOn() {
    return !keys.get().isEmpty();
  }

  String sign(String text) {
    return signature(keys.get().getFirst(), text);
  }

  /** Whether one of the keys made this signature; how long that takes tells nothing of it. */
  boolean verify(String text, String signature) {
    var presented = signature.getBytes(UTF_8);
    var fits = false;
    for (var key : keys.get()) {
      fits |= MessageDigest.isEqual(signature(key, text).getBytes(US_ASCII), presented);
    }
    return fits;
  }

  private static String signature(String key, String text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
