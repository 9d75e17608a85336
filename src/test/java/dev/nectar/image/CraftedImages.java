package dev.nectar.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Images that claim whatever they are told to; what decoders need behind that is mostly missing.
 */
public final class CraftedImages {

  private CraftedImages() {}

  /** Eight bits a channel. */
  public enum PngColour {
    RGB(2, 3),
    PALETTE(3, 1);

    private final int type;
    private final int channels;

    PngColour(int type, int channels) {
      this.type = type;
      this.channels = channels;
    }
  }

  /** Without a pixel. */
  public static byte[] png(long width, long height, byte[]... chunks) {
    return png(width, height, PngColour.RGB, false, join(chunks), new byte[0]);
  }

  /** All of whose pixels are there, black. */
  public static byte[] blackPng(
      int width, int height, PngColour colour, boolean interlaced, byte[]... chunks) {
    var pixels = new ByteArrayOutputStream();
    // Adam7 has up to 15 rows for 8.
    var rows = interlaced ? 2L * height + 16 : height;
    var row = new byte[1 + width * colour.channels];
    try (var deflated = new DeflaterOutputStream(pixels, new Deflater(Deflater.BEST_SPEED))) {
      for (var at = 0L; at < rows; at++) {
        deflated.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png(width, height, colour, interlaced, join(chunks), pixels.toByteArray());
  }

  private static byte[] png(
      long width, long height, PngColour colour, boolean interlaced, byte[] chunks, byte[] pixels) {
    var header =
        join(
            big(4, width),
            big(4, height),
            new byte[] {8, (byte) colour.type, 0, 0, (byte) (interlaced ? 1 : 0)});
    return join(
        text("\u0089PNG\r\n\u001a\n"),
        pngChunk("IHDR", header),
        chunks,
        pngChunk("IDAT", pixels),
        pngChunk("IEND"));
  }

  public static byte[] pngChunk(String type, byte[]... data) {
    var content = join(data);
    var checksum = new CRC32();
    checksum.update(text(type));
    checksum.update(content);
    return join(big(4, content.length), text(type), content, big(4, checksum.getValue()));
  }

  /** A frame of an animated PNG: sequence number, then width and height. */
  public static byte[] pngFrame(long width, long height) {
    return pngChunk("fcTL", new byte[4], big(4, width), big(4, height), new byte[14]);
  }

  /**
   * Of these scans, without the tables that they need.
   *
   * @param marker of the frame: 0xc0 baseline, 0xc2 progressive
   * @param scans each of a single component unless there is one only
   */
  public static byte[] jpeg(int marker, int width, int height, byte[]... scans) {
    return join(
        text("\u00ff\u00d8"), jpegFrame(marker, width, height), join(scans), text("\u00ff\u00d9"));
  }

  /** Three components, none of them subsampled. */
  public static byte[] jpegFrame(int marker, int width, int height) {
    return join(
        text("\u00ff"),
        big(1, marker),
        text("\0\u0011\u0008"),
        big(2, height),
        big(2, width),
        text("\3\1\u0011\0\2\u0011\0\3\u0011\0"));
  }

  /** Of the first components; without any data. */
  public static byte[] jpegScan(int components) {
    var scan = join(text("\u00ff\u00da"), big(2, 6 + 2 * components), big(1, components));
    for (var component = 1; component <= components; component++) {
      scan = join(scan, big(1, component), big(1, 0));
    }
    return join(scan, text("\0\0\0"));
  }

  public static byte[] webp(byte[]... chunks) {
    var content = join(chunks);
    return join(text("RIFF"), little(4, 4 + content.length), text("WEBP"), content);
  }

  public static byte[] webpChunk(String type, byte[]... data) {
    var content = join(data);
    return join(text(type), little(4, content.length), content, new byte[content.length % 2]);
  }

  /** A lossy bitstream that ends behind its header. */
  public static byte[] vp8(int width, int height, byte[]... data) {
    return webpChunk(
        "VP8 ", text("\u0010\0\0\u009d\1*"), little(2, width), little(2, height), join(data));
  }

  /** A lossless bitstream, of this data behind its header. */
  public static byte[] vp8l(int width, int height, byte[]... data) {
    return webpChunk("VP8L", big(1, 0x2f), little(4, width - 1L | (height - 1L) << 14), join(data));
  }

  public static byte[] vp8x(int flags, int width, int height) {
    return webpChunk("VP8X", little(4, flags), little(3, width - 1), little(3, height - 1));
  }

  public static byte[] anmf(int width, int height, byte[]... chunks) {
    return webpChunk(
        "ANMF",
        new byte[6],
        little(3, width - 1),
        little(3, height - 1),
        new byte[4],
        join(chunks));
  }

  public static byte[] gif(int width, int height, byte[]... parts) {
    return join(
        text("GIF89a"),
        little(2, width),
        little(2, height),
        text("\u0080\0\0\0\0\0\u00ff\u00ff\u00ff"),
        join(parts),
        text(";"));
  }

  /** A frame whose data ends at once. */
  public static byte[] gifFrame(int width, int height) {
    return join(text(",\0\0\0\0"), little(2, width), little(2, height), text("\0\2\2L\1\0"));
  }

  public static byte[] avif(byte[]... properties) {
    return join(
        box("ftyp", text("avif\0\0\0\0avif")),
        box("meta", new byte[4], box("iprp", box("ipco", properties))),
        box("mdat", new byte[8]));
  }

  public static byte[] ispe(long width, long height) {
    return box("ispe", new byte[4], big(4, width), big(4, height));
  }

  public static byte[] box(String type, byte[]... content) {
    var bytes = join(content);
    return join(big(4, 8 + bytes.length), text(type), bytes);
  }

  public static byte[] join(byte[]... parts) {
    var joined = new ByteArrayOutputStream();
    for (var part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  public static byte[] text(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static byte[] big(int length, long value) {
    var bytes = new byte[length];
    for (var at = 0; at < length; at++) {
      bytes[at] = (byte) (value >>> (8 * (length - 1 - at)));
    }
    return bytes;
  }

  static byte[] little(int length, long value) {
    var bytes = new byte[length];
    for (var at = 0; at < length; at++) {
      bytes[at] = (byte) (value >>> (8 * at));
    }
    return bytes;
  }
}
