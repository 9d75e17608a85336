package dev.nectar.backend.protocol;

import dev.nectar.image.StagedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** Pictures that a service shows in the place of the one that was asked for. */
final class Placeholders {

  /** In lower-case hex, MD5 or SHA-256 as they were published. */
  private static final Set<String> DIGESTS =
      Set.of("2090a5dc21c32952cbf8496339752bd1"); // Pollinations: rate limit reached

  private final Set<String> digests;

  Placeholders() {
    this(DIGESTS);
  }

  Placeholders(Set<String> digests) {
    this.digests = digests;
  }

  boolean contain(StagedImage image) throws IOException {
    return digests.contains(image.sha256()) || digests.contains(md5(image));
  }

  private static String md5(StagedImage image) throws IOException {
    try (var bytes = new DigestInputStream(image.open(), MessageDigest.getInstance("MD5"))) {
      bytes.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(bytes.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has MD5", e);
    }
  }
}
