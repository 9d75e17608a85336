package dev.nectar.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A {@code multipart/form-data} body: its texts, and its files staged as the pictures they are. */
final class MultipartForm implements AutoCloseable {

  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";,]{1,70})");
  private static final Pattern NAME = Pattern.compile("(?i)[; ]name=\"([^\"]*)\"");
  private static final Pattern FILE = Pattern.compile("(?i)[; ]filename=");

  private final InputStream in;
  private final byte[] delimiter;
  private final StagingArea staging;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, List<StagedImage>> files = new LinkedHashMap<>();

  private MultipartForm(InputStream in, String boundary, StagingArea staging) {
    this.in = new BufferedInputStream(in);
    this.delimiter = ("\r\n--" + boundary).getBytes(ISO_8859_1);
    this.staging = staging;
  }

  /**
   * Reads it whole.
   *
   * @param contentType of the request
   * @throws IOException if it is none, ends early, or has a file that is no picture
   */
  static MultipartForm read(String contentType, InputStream in, StagingArea staging)
      throws IOException {
    var boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw new IOException("no form");
    }
    var form = new MultipartForm(in, boundary.group(1), staging);
    try {
      form.read();
    } catch (IOException e) {
      form.close();
      throw e;
    }
    return form;
  }

  Map<String, String> texts() {
    return texts;
  }

  /** The files of this name, in their order. */
  List<StagedImage> files(String name) {
    return files.getOrDefault(name, List.of());
  }

  private void read() throws IOException {
    // The first delimiter has no line before it to end.
    for (copy(OutputStream.nullOutputStream(), 2); !line().startsWith("--"); ) {
      readPart();
    }
  }

  private void readPart() throws IOException {
    var head = new StringBuilder();
    for (var line = line(); !line.isEmpty(); line = line()) {
      head.append(line).append('\n');
    }
    var name = NAME.matcher(head);
    if (!name.find()) {
      throw new IOException("a part without a name");
    }
    if (FILE.matcher(head).find()) {
      files.computeIfAbsent(name.group(1), _ -> new ArrayList<>()).add(file());
    } else {
      var text = new ByteArrayOutputStream();
      copy(text, 0);
      texts.put(name.group(1), text.toString(UTF_8));
    }
  }

  private StagedImage file() throws IOException {
    try (var sink = staging.open()) {
      var out = new BufferedOutputStream(sink);
      copy(out, 0);
      out.flush();
      return sink.finish();
    }
  }

  /**
   * Copies what comes before the next delimiter, and passes over that.
   *
   * @param matched how much of the delimiter is taken for read
   */
  private void copy(OutputStream out, int matched) throws IOException {
    while (matched < delimiter.length) {
      var b = next();
      if (b == delimiter[matched]) {
        matched++;
      } else {
        // Only its first byte is a carriage return: what matched so far begins no other one.
        out.write(delimiter, 0, matched);
        matched = b == '\r' ? 1 : 0;
        if (matched == 0) {
          out.write(b);
        }
      }
    }
  }

  /** Without its end; what follows the last delimiter may have none. */
  private String line() throws IOException {
    var line = new StringBuilder();
    for (var b = next(); b != '\n' && !line.toString().equals("--"); b = next()) {
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  private int next() throws IOException {
    var b = in.read();
    if (b < 0) {
      throw new EOFException("the form ends early");
    }
    return b;
  }

  @Override
  public void close() {
    files.values().forEach(images -> images.forEach(StagedImage::close));
  }
}
