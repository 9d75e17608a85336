package dev.nectar.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Server-sent events whose data are JSON (HTML Living Standard, 9.2). */
public final class EventStream {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private final HttpServletResponse response;

  private EventStream(HttpServletResponse response) {
    this.response = response;
  }

  /** Whether the client names them in its Accept header; a wildcard wants an image. */
  public static boolean isWanted(HttpServletRequest request) {
    try {
      return Collections.list(request.getHeaders(HttpHeaders.ACCEPT)).stream()
          .flatMap(accept -> MediaType.parseMediaTypes(accept).stream())
          .anyMatch(MediaType.TEXT_EVENT_STREAM::equalsTypeAndSubtype);
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }

  public static EventStream open(HttpServletResponse response) throws IOException {
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    response.setCharacterEncoding(UTF_8);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    // nginx would hold the events back.
    response.setHeader("X-Accel-Buffering", "no");
    response.flushBuffer();
    return new EventStream(response);
  }

  /**
   * Sends an event.
   *
   * @param data whatever Jackson makes JSON of
   */
  public void send(String event, Object data) throws IOException {
    send(event, out -> out.write(JSON.writeValueAsBytes(data)));
  }

  /** Data that are too large for the memory, written straight to the client. */
  public interface Data {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Sends an event.
   *
   * @param data JSON in one line
   */
  public void send(String event, Data data) throws IOException {
    response.getOutputStream().write(("event: " + event + "\n").getBytes(UTF_8));
    send(data);
  }

  /**
   * Sends an event without a name, as OpenAI does.
   *
   * @param data JSON, or a word, in one line
   */
  public void send(Data data) throws IOException {
    var out = response.getOutputStream();
    out.write("data: ".getBytes(UTF_8));
    data.writeTo(out);
    out.write("\n\n".getBytes(UTF_8));
    response.flushBuffer();
  }

  /** A comment, so that neither end takes the silence for a dead connection. */
  public void heartbeat() throws IOException {
    response.getOutputStream().write(":\n\n".getBytes(UTF_8));
    response.flushBuffer();
  }
}
