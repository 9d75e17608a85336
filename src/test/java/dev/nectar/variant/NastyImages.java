package dev.nectar.variant;

import static dev.nectar.image.CraftedImages.anmf;
import static dev.nectar.image.CraftedImages.blackPng;
import static dev.nectar.image.CraftedImages.gif;
import static dev.nectar.image.CraftedImages.gifFrame;
import static dev.nectar.image.CraftedImages.join;
import static dev.nectar.image.CraftedImages.jpeg;
import static dev.nectar.image.CraftedImages.jpegScan;
import static dev.nectar.image.CraftedImages.png;
import static dev.nectar.image.CraftedImages.pngChunk;
import static dev.nectar.image.CraftedImages.text;
import static dev.nectar.image.CraftedImages.vp8;
import static dev.nectar.image.CraftedImages.vp8l;
import static dev.nectar.image.CraftedImages.vp8x;
import static dev.nectar.image.CraftedImages.webp;
import static dev.nectar.image.CraftedImages.webpChunk;

import dev.nectar.image.CraftedImages.PngColour;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/** Small files that would take much to decode. */
public final class NastyImages {

  private static final int BASELINE = 0xc0;
  private static final int PROGRESSIVE = 0xc2;

  private NastyImages() {}

  /** By name; those that can be decoded all the same are said to be fine. */
  public static Map<String, byte[]> all() throws IOException {
    var images = new LinkedHashMap<String, byte[]>();
    images.put("webp of 268 MP", webp(vp8l(16_384, 16_384)));
    images.put("lossless webp of 100 MP", webp(vp8l(10_000, 10_000, new byte[100])));
    images.put("lossy webp of 100 MP", webp(vp8(10_000, 10_000, new byte[10])));
    images.put(
        "webp of a small canvas",
        webp(vp8x(0, 16, 16), webpChunk("ALPH", new byte[] {1, 0}), vp8l(16_384, 6_000)));
    images.put("webp of a small frame", webp(vp8x(2, 16, 16), anmf(16, 16, vp8l(16_384, 6_000))));
    images.put("webp of many tables", webp(manyTables()));
    images.put("webp of many tables in its alpha", webp(vp8x(16, 16, 16), alpha(), vp8(16, 16)));
    images.put("png of 33 MP in a row", png(33_000_000, 1));
    images.put("fine png of 49 MP", blackPng(7_000, 7_000, PngColour.RGB, false));
    images.put("fine interlaced png of 16 MP", blackPng(4_000, 4_000, PngColour.RGB, true));
    images.put("png of a million chunks", manyChunks());
    images.put("progressive jpeg of 400 MP", jpeg(PROGRESSIVE, 20_000, 20_000, jpegScan(1)));
    images.put("progressive jpeg of 100 MP", jpeg(PROGRESSIVE, 10_000, 10_000, jpegScan(1)));
    images.put("jpeg of 100 MP in scans", jpeg(BASELINE, 10_000, 10_000, jpegScan(1)));
    images.put(
        "jpeg behind tables",
        join(jpeg(BASELINE, 16, 16), jpeg(PROGRESSIVE, 20_000, 20_000, jpegScan(1))));
    images.put("gif of a frame of 268 MP", gif(16, 16, gifFrame(16_384, 16_384)));
    images.put("fine gif of long comments", gif(16, 16, longComment(), gifFrame(16, 16)));
    return images;
  }

  /** So many groups of Huffman tables as there can be, for 16 x 16 pixels. */
  private static byte[] manyTables() {
    return vp8l(16, 16, tables());
  }

  private static byte[] alpha() {
    return webpChunk("ALPH", new byte[] {1}, tables());
  }

  private static byte[] tables() {
    var bits = new Bits();
    // No transform, no colour cache, groups for blocks of 4 x 4.
    bits.add(0, 1).add(0, 1).add(1, 1).add(0, 3);
    // The image of groups: no colour cache; green and red are always 255.
    bits.add(0, 1);
    bits.add(0b101, 3).add(255, 8).add(0b101, 3).add(255, 8);
    bits.add(1, 4).add(1, 4).add(1, 4);
    for (var table = 0; table < 5 * 65_536; table++) {
      bits.add(1, 4);
    }
    return bits.bytes();
  }

  /** In the order of VP8L, the lowest first. */
  private static final class Bits {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int pending;
    private int count;

    Bits add(int value, int length) {
      pending |= value << count;
      count += length;
      for (; count >= 8; count -= 8) {
        bytes.write(pending);
        pending >>>= 8;
      }
      return this;
    }

    byte[] bytes() {
      add(0, 8);
      return bytes.toByteArray();
    }
  }

  private static byte[] manyChunks() {
    var chunk = pngChunk("noTe");
    var chunks = new byte[1_000_000 * chunk.length];
    for (var at = 0; at < chunks.length; at += chunk.length) {
      System.arraycopy(chunk, 0, chunks, at, chunk.length);
    }
    return blackPng(16, 16, PngColour.PALETTE, false, pngChunk("PLTE", new byte[3]), chunks);
  }

  private static byte[] longComment() {
    var blocks = new byte[256 * 50_000];
    for (var at = 0; at < blocks.length; at += 256) {
      blocks[at] = (byte) 255;
    }
    return join(text("!\u00fe"), blocks, new byte[1]);
  }

  /**
   * A real progressive JPEG, the last scan of which comes again and again.
   *
   * @param edge in pixels
   */
  static byte[] manyScans(int edge, int scans) throws IOException {
    var image = progressive(edge);
    var end = image.length - 2;
    var start = end;
    while (image[start] != (byte) 0xff || image[start + 1] != (byte) 0xda) {
      start--;
    }
    var bytes = new ByteArrayOutputStream();
    bytes.write(image, 0, end);
    for (var scan = 0; scan < scans; scan++) {
      bytes.write(image, start, end - start);
    }
    bytes.write(image, end, 2);
    return bytes.toByteArray();
  }

  private static byte[] progressive(int edge) throws IOException {
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    var bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      var image = new BufferedImage(edge, edge, BufferedImage.TYPE_3BYTE_BGR);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The file that these bytes are cut off from in the middle. */
  static byte[] half(byte[] image) {
    return Arrays.copyOf(image, image.length / 2);
  }
}
