package dev.nectar.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * A response's body while a handler has it. Closing it leaves the rest unread: the client's own
 * close reads on to the end, and a lying peer's body has none.
 */
final class LentBody extends HttpEntityWrapper {

  /** Room for the white space and the last chunk's mark after what a parser wanted. */
  private static final int DRAINED_BYTES = 8192;

  private final InputStream content;

  LentBody(HttpEntity body) throws IOException {
    super(body);
    this.content =
        new FilterInputStream(body.getContent()) {
          @Override
          public void close() {}
        };
  }

  @Override
  public InputStream getContent() {
    return content;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    content.transferTo(out);
  }

  @Override
  public void close() {}

  /** Reads on a little. The connection is good for another call if the end comes within that. */
  void drain() throws IOException {
    content.readNBytes(new byte[DRAINED_BYTES], 0, DRAINED_BYTES);
  }
}
