package dev.nectar.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** A form as clients send it (RFC 7578). */
final class MultipartBody {

  static final String TYPE = "multipart/form-data; boundary=limit";

  private MultipartBody() {}

  /**
   * The body.
   *
   * @param parts names and values in turn, of which bytes are files
   */
  static byte[] of(Object... parts) {
    var out = new ByteArrayOutputStream();
    for (var i = 0; i < parts.length; i += 2) {
      var file = parts[i + 1] instanceof byte[] bytes ? bytes : null;
      var about = file == null ? "" : "; filename=\"a.png\"\r\nContent-Type: image/png";
      out.writeBytes(
          "--limit\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n"
              .formatted(parts[i], about)
              .getBytes(UTF_8));
      out.writeBytes(file == null ? parts[i + 1].toString().getBytes(UTF_8) : file);
      out.writeBytes("\r\n".getBytes(UTF_8));
    }
    out.writeBytes("--limit--\r\n".getBytes(UTF_8));
    return out.toByteArray();
  }
}
