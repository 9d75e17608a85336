import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/**
 * What the fake back end paints: a PNG signature, noise that is the same for all, and the prompt's
 * SHA-256, so that everyone knows which bytes a prompt must give.
 */
final class FakeImages {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private final byte[] common;

  /**
   * @param size of each image, in bytes
   */
  FakeImages(int size) {
    common = new byte[size - sha256().getDigestLength()];
    new Random(1).nextBytes(common);
    System.arraycopy(SIGNATURE, 0, common, 0, SIGNATURE.length);
  }

  /** The bytes that every image starts with. */
  byte[] common() {
    return common;
  }

  /** The bytes after those. */
  static byte[] own(String prompt) {
    return sha256().digest(prompt.getBytes(StandardCharsets.UTF_8));
  }

  /** The SHA-256 of the whole image, in hex. */
  String checksum(String prompt) {
    var digest = sha256();
    digest.update(common);
    return HexFormat.of().formatHex(digest.digest(own(prompt)));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
