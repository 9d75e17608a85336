package dev.nectar.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.demo.painting.Picture;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.databind.json.JsonMapper;

/** What goes back to the client; the content is written at the last moment, straight to it. */
record Answer(int status, String mediaType, Content content) {

  private static final JsonMapper JSON = JsonMapper.shared();

  interface Content {

    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * @param value whatever Jackson makes JSON of
   */
  static Answer json(int status, Object value) {
    return new Answer(status, "application/json", out -> out.write(JSON.writeValueAsBytes(value)));
  }

  static Answer text(int status, String text) {
    return new Answer(status, "text/plain; charset=utf-8", out -> out.write(text.getBytes(UTF_8)));
  }

  /** JSON around one picture, which flows through Base64 to the client. */
  static Answer around(Studio studio, Picture picture, Inputs inputs, String before, String after) {
    return new Answer(
        200,
        "application/json",
        out -> {
          write(out, before);
          studio.deliverBase64(picture, inputs, out);
          write(out, after);
        });
  }

  static void write(OutputStream out, String ascii) throws IOException {
    out.write(ascii.getBytes(US_ASCII));
  }
}
