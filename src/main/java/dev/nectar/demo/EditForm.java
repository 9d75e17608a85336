package dev.nectar.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.RequestContext;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The form of {@code POST /v1/images/edits}. */
final class EditForm {

  private final ObjectNode texts = JsonNodeFactory.instance.objectNode();
  private final CRC32 pictures = new CRC32();
  private int count;

  private EditForm() {}

  /**
   * Reads a body.
   *
   * @throws IOException if it is no form
   */
  static EditForm read(byte[] body, @Nullable String mediaType) throws IOException {
    var form = new EditForm();
    var upload = new JakartaServletFileUpload<DiskFileItem, DiskFileItemFactory>();
    var parts = upload.getItemIterator(new Body(body, mediaType));
    while (parts.hasNext()) {
      form.add(parts.next());
    }
    return form;
  }

  private void add(FileItemInput part) throws IOException {
    try (var bytes = part.getInputStream()) {
      var content = bytes.readAllBytes();
      if (!part.isFormField()) {
        pictures.update(content);
        count++;
        return;
      }
      var text = new String(content, UTF_8);
      switch (part.getFieldName()) {
        case "n", "seed" -> putNumber(part.getFieldName(), text);
        default -> texts.put(part.getFieldName(), text);
      }
    }
  }

  private void putNumber(String name, String text) {
    if (text.matches("-?\\d{1,18}")) {
      texts.put(name, Long.parseLong(text));
    } else {
      texts.put(name, text);
    }
  }

  boolean hasPictures() {
    return count > 0;
  }

  /** An order for pictures that differ with what they are made from. */
  ObjectNode order() {
    var seed = texts.path("seed").asLong(0);
    return texts.deepCopy().put("seed", (seed + pictures.getValue()) & Integer.MAX_VALUE);
  }

  private record Body(byte[] bytes, @Nullable String mediaType) implements RequestContext {

    @Override
    public @Nullable String getCharacterEncoding() {
      return null;
    }

    @Override
    public long getContentLength() {
      return bytes.length;
    }

    @Override
    public @Nullable String getContentType() {
      return mediaType;
    }

    @Override
    public InputStream getInputStream() {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public boolean isMultipartRelated() {
      return false;
    }
  }
}
