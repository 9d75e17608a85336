package dev.nectar.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** A problem as a small SVG, so that a page shows a reason instead of a broken picture. */
public final class ProblemPicture {

  static final MediaType TYPE = new MediaType("image", "svg+xml");

  private static final XMLOutputFactory XML = XMLOutputFactory.newFactory();

  private static final int WIDTH = 512;
  private static final int MARGIN = 32;
  private static final int LINE_HEIGHT = 24;
  private static final int LINE_LENGTH = 52;
  private static final int MAX_LINES = 9;

  private ProblemPicture() {}

  /** Whether it is an {@code <img>} that asks, or somebody else who would rather have a picture. */
  public static boolean isWanted(HttpServletRequest request) {
    // Of a request line that could not be read there is no URI.
    return RawRequest.PROMPT_PATHS.stream().anyMatch(path -> path.equals(request.getRequestURI()))
        && ("image".equals(request.getHeader("Sec-Fetch-Dest")) || prefersImages(request));
  }

  private static boolean prefersImages(HttpServletRequest request) {
    try {
      var accepted =
          Collections.list(request.getHeaders(HttpHeaders.ACCEPT)).stream()
              .flatMap(accept -> MediaType.parseMediaTypes(accept).stream())
              .toList();
      var images = quality(accepted, type -> type.getType().equals("image"));
      return images > 0
          && images >= quality(accepted, MediaType::isWildcardType)
          && images
              > quality(
                  accepted, type -> !type.isWildcardType() && !type.getType().equals("image"));
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }

  private static double quality(List<MediaType> accepted, Predicate<MediaType> kind) {
    return accepted.stream().filter(kind).mapToDouble(MediaType::getQualityValue).max().orElse(0);
  }

  /**
   * The picture's bytes.
   *
   * @param title in one line
   */
  static byte[] of(String title, String detail) {
    var lines = lines(detail);
    var height = 2 * MARGIN + LINE_HEIGHT * (lines.size() + 2);
    var out = new ByteArrayOutputStream();
    try {
      var xml = XML.createXMLStreamWriter(out, UTF_8.name());
      xml.writeStartElement("svg");
      xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
      attributes(xml, "width", WIDTH, "height", height, "role", "img");
      xml.writeEmptyElement("rect");
      attributes(xml, "width", "100%", "height", "100%", "fill", "#f6f1e7");
      text(xml, title, MARGIN + LINE_HEIGHT, "bold");
      for (var i = 0; i < lines.size(); i++) {
        text(xml, lines.get(i), MARGIN + LINE_HEIGHT * (i + 3), "normal");
      }
      xml.writeEndElement();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("bytes can always be written", e);
    }
    return out.toByteArray();
  }

  private static void text(XMLStreamWriter xml, String text, int y, String weight)
      throws XMLStreamException {
    xml.writeStartElement("text");
    attributes(
        xml,
        "x",
        MARGIN,
        "y",
        y,
        "fill",
        "#3b3226",
        "font-family",
        "sans-serif",
        "font-size",
        16,
        "font-weight",
        weight);
    xml.writeCharacters(text.replaceAll("[^\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}]", " "));
    xml.writeEndElement();
  }

  private static void attributes(XMLStreamWriter xml, Object... namesAndValues)
      throws XMLStreamException {
    for (var i = 0; i < namesAndValues.length; i += 2) {
      xml.writeAttribute(namesAndValues[i].toString(), namesAndValues[i + 1].toString());
    }
  }

  /** Broken between words; SVG does not do so by itself. */
  private static List<String> lines(String text) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : text.split("\\s+", -1)) {
      if (!line.isEmpty() && line.length() + word.length() >= LINE_LENGTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines.size() > MAX_LINES ? lines.subList(0, MAX_LINES) : lines;
  }
}
