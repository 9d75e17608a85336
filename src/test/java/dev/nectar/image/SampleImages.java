package dev.nectar.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;

/** Bytes that open and end like an image and are random in between. */
public final class SampleImages {

  /** What each of them tells. */
  public static final ImageSize SIZE = new ImageSize(640, 480);

  /** None is shorter. */
  public static final int MIN_BYTES = 80;

  private static final int GIF_BLOCK = 255;

  private SampleImages() {}

  /**
   * An image to the eye of whoever looks at its structure only.
   *
   * @param length from {@link #MIN_BYTES} up
   */
  public static byte[] bytes(ImageFormat format, int length, long seed) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    var image = ByteBuffer.wrap(bytes);
    switch (format) {
      case PNG -> {
        put(image, "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR");
        put(putSize(image), "\u0008\2\0\0\0crc ").putInt(length - 57);
        put(image, "IDAT");
        put(image.position(length - 12), "\0\0\0\0IEND\u00aeB`\u0082");
      }
      case JPEG -> {
        for (var at = 0; at < length; at++) {
          bytes[at] &= 0x7f;
        }
        put(image, "\u00ff\u00d8\u00ff\u00c0\0\u000b\u0008");
        image.putShort((short) SIZE.height()).putShort((short) SIZE.width());
        put(image, "\1\1\u0011\0\u00ff\u00da\0\u0008\1\1\0\0?\0");
        put(image.position(length - 2), "\u00ff\u00d9");
      }
      case WEBP -> {
        image.order(ByteOrder.LITTLE_ENDIAN);
        put(image, "RIFF").putInt(length - 8);
        put(image, "WEBPVP8 ").putInt(length - 20);
        put(image, "\0\0\0\u009d\1*");
        image.putShort((short) SIZE.width()).putShort((short) SIZE.height());
      }
      case GIF -> {
        put(image, "GIF89a").order(ByteOrder.LITTLE_ENDIAN);
        image.putShort((short) SIZE.width()).putShort((short) SIZE.height());
        put(image, "\0\0\0!\u00fe");
        while (image.remaining() > 2) {
          var block = Math.min(GIF_BLOCK, image.remaining() - 3);
          image.put((byte) block).position(image.position() + block);
        }
        put(image, "\0;");
      }
      case AVIF -> {
        put(image, "\0\0\0\u0010ftypavif\0\0\0\0\0\0\0\60meta\0\0\0\0\0\0\0$iprp");
        putSize(put(image, "\0\0\0\u001cipco\0\0\0\u0014ispe\0\0\0\0"));
        put(image.putInt(length - image.position()), "mdat");
      }
    }
    return bytes;
  }

  private static ByteBuffer put(ByteBuffer image, String text) {
    return image.put(text.getBytes(ISO_8859_1));
  }

  private static ByteBuffer putSize(ByteBuffer image) {
    return image.putInt(SIZE.width()).putInt(SIZE.height());
  }

  public static byte[] png(int length, long seed) {
    return bytes(ImageFormat.PNG, length, seed);
  }

  /** In lower-case hex. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.newDigest().digest(bytes));
  }

  public static StagedImage stage(StagingArea area, byte[] bytes) throws IOException {
    try (var sink = area.open()) {
      sink.write(bytes);
      return sink.finish();
    }
  }
}
