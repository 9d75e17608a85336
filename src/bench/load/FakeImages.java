import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/**
 * What the fake back end paints: a PNG's signature and header, a chunk of noise that is the same
 * for all but for the prompt's SHA-256 at its end, so that everyone knows which bytes a prompt must
 * give, and a PNG's end.
 */
final class FakeImages {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  /** A chunk of 13 bytes: 1024 x 1024, eight bits, RGB; and its checksum. */
  private static final byte[] HEADER = {
    0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 4, 0, 0, 0, 4, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0
  };

  private static final byte[] TYPE = {'I', 'D', 'A', 'T'};

  /** A checksum, and the last chunk with its own. */
  private static final byte[] END = {
    0, 0, 0, 0, 0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xae, 0x42, 0x60, (byte) 0x82
  };

  private final byte[] common;

  /**
   * @param size of each image, in bytes
   */
  FakeImages(int size) {
    var own = sha256().getDigestLength() + END.length;
    common = new byte[size - own];
    new Random(1).nextBytes(common);
    var header = ByteBuffer.wrap(common).put(SIGNATURE).put(HEADER);
    header.putInt(size - END.length - header.position() - 2 * Integer.BYTES).put(TYPE);
  }

  /** The bytes that every image starts with. */
  byte[] common() {
    return common;
  }

  /** The bytes after those. */
  static byte[] own(String prompt) {
    var digest = sha256().digest(prompt.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(digest.length + END.length).put(digest).put(END).array();
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
