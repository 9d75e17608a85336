package dev.nectar.http.answer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nectar.http.answer.Base64Text.Extent;
import dev.nectar.image.NotAnImageException;
import dev.nectar.image.staging.ImageSink;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The pictures of one answer, each in a file; closing it discards those that nobody took. */
public final class StagedPictures implements AutoCloseable {

  private static final int MAX_PICTURES = 100;

  private static final Pattern DATA_URL =
      Pattern.compile("data:[^,]{0,200};base64,", Pattern.CASE_INSENSITIVE);

  /** Writes a picture's bytes. */
  interface Writer {
    void write(OutputStream out) throws IOException;
  }

  /** What came of a picture: it, or why there is none. */
  public static final class Slot {

    private @Nullable StagedImage image;
    private final @Nullable IOException fault;

    private Slot(@Nullable StagedImage image, @Nullable IOException fault) {
      this.image = image;
      this.fault = fault;
    }

    /**
     * The picture, to be closed by the caller; once only.
     *
     * @throws IOException if it came to nothing
     */
    public StagedImage take() throws IOException {
      var taken = image;
      image = null;
      if (taken == null) {
        throw fault == null ? new NotAnImageException() : fault;
      }
      return taken;
    }

    private void discard() {
      if (image != null) {
        image.close();
        image = null;
      }
    }
  }

  private final @Nullable StagingArea area;
  private final List<Slot> slots = new ArrayList<>();

  /**
   * @param area null: pictures are passed over
   */
  public StagedPictures(@Nullable StagingArea area) {
    this.area = area;
  }

  /** Whether this is the number of a whole picture. */
  boolean isWhole(@Nullable Integer number) {
    return number != null && number < slots.size() && slots.get(number).image != null;
  }

  /** Whether it takes no more: an answer with so many is none. */
  boolean isFull() {
    return slots.size() >= MAX_PICTURES;
  }

  /** The number that the next one will have. */
  int size() {
    return slots.size();
  }

  public Slot get(int number) throws IOException {
    if (number < 0 || number >= slots.size()) {
      throw new NotAnImageException();
    }
    return slots.get(number);
  }

  /**
   * The picture that a text of the answer is: one that was staged as it went by, or a small one;
   * null if the text is none.
   *
   * @throws IOException if the text is broken
   */
  public @Nullable Slot in(String text) throws IOException {
    var number = PicturelessJson.referred(text);
    if (number != null) {
      return get(number);
    }
    var prefix = DATA_URL.matcher(text);
    var isDataUrl = prefix.lookingAt();
    var base64 = text.substring(isDataUrl ? prefix.end() : 0).getBytes(ISO_8859_1);
    var window = new ByteWindow(new ByteArrayInputStream(base64));
    if (isFull() || !(isDataUrl || PicturelessJson.isPicture(window, base64.length))) {
      return null;
    }
    var extent = isDataUrl ? Extent.WORD : Extent.STRING;
    return get(add(bytes -> Base64Text.decode(window, extent, bytes)));
  }

  /**
   * Takes in a picture. What is wrong with its bytes is kept for whoever asks for it.
   *
   * @return the picture's number
   */
  int add(Writer bytes) {
    slots.add(area == null ? drained(bytes) : staged(bytes, area));
    return slots.size() - 1;
  }

  private static Slot staged(Writer bytes, StagingArea area) {
    try (var sink = new Sink(area.openToKeep())) {
      bytes.write(sink);
      return new Slot(sink.finish(), null);
    } catch (IOException e) {
      return new Slot(null, e);
    }
  }

  private static Slot drained(Writer bytes) {
    try {
      bytes.write(OutputStream.nullOutputStream());
      return new Slot(null, null);
    } catch (IOException e) {
      return new Slot(null, e);
    }
  }

  /** Discards what was added from this number on. */
  void discardFrom(int number) {
    slots.subList(number, slots.size()).forEach(Slot::discard);
  }

  @Override
  public void close() {
    discardFrom(0);
  }

  /** Goes on swallowing after its first fault, so that whoever writes comes to his end. */
  private static final class Sink extends OutputStream {

    private final ImageSink sink;
    private @Nullable IOException fault;

    Sink(ImageSink sink) {
      this.sink = sink;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (fault != null) {
        return;
      }
      try {
        sink.write(bytes, offset, length);
      } catch (IOException e) {
        fault = e;
      }
    }

    StagedImage finish() throws IOException {
      if (fault != null) {
        throw fault;
      }
      return sink.finish();
    }

    @Override
    public void close() throws IOException {
      sink.close();
    }
  }
}
