package dev.nectar.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Stands before everything that Tomcat does with a request's path: takes the prompt out of it as it
 * came over the wire, so that no slash, dot, semicolon, backslash, escape or NUL in it is
 * normalized, refused, or leads to another resource; and gives every request its id.
 */
final class RawTarget implements Adapter {

  static final String REQUEST_ID_HEADER = "X-Request-Id";

  static final String PROMPT_PATH = "/prompt";

  /** Pollinations has prompts under the first one today, and had them under ours. */
  private static final List<String> PROMPT_PATHS = List.of("/image", PROMPT_PATH);

  /** A list that Pollinations keeps among the prompts. */
  static final String IMAGE_MODELS_PATH = "/image/models";

  private static final String OPENAI_PATH = "/v1";

  private static final String OPENAI_ATTRIBUTE = RawTarget.class.getName() + ".openai";
  private static final String PROMPT_ATTRIBUTE = RawTarget.class.getName() + ".prompt";
  private static final String ID_ATTRIBUTE = RawTarget.class.getName() + ".id";

  private final Adapter tomcat;

  RawTarget(Adapter tomcat) {
    this.tomcat = tomcat;
  }

  /** Puts itself before the connector's own adapter as soon as there is one. */
  static void install(Connector connector) {
    connector.addLifecycleListener(event -> {
      if (event.getType().equals(Lifecycle.AFTER_INIT_EVENT)) {
        var protocol = connector.getProtocolHandler();
        protocol.setAdapter(new RawTarget(protocol.getAdapter()));
      }
    });
  }

  /** What follows {@code /prompt/} or {@code /image/}, one char a byte; empty if nothing does. */
  static String prompt(HttpServletRequest request) {
    return request.getAttribute(PROMPT_ATTRIBUTE) instanceof String prompt ? prompt : "";
  }

  /** Whether OpenAI's API is spoken, in errors too. */
  static boolean isOpenAi(HttpServletRequest request) {
    return request.getAttribute(OPENAI_ATTRIBUTE) != null;
  }

  static String requestId(HttpServletRequest request) {
    return request.getAttribute(ID_ATTRIBUTE) instanceof String id ? id : "";
  }

  @Override
  public void service(Request request, Response response) throws Exception {
    AfterRequest.runNow();
    // Unique, not secret: no need for strong randomness at every hit.
    var random = ThreadLocalRandom.current();
    var id =
        HexFormat.of().toHexDigits(random.nextLong())
            + HexFormat.of().toHexDigits(random.nextInt());
    request.setAttribute(ID_ATTRIBUTE, id);
    response.setHeader(REQUEST_ID_HEADER, id);
    var path = request.requestURI();
    if (path.getType() == MessageBytes.T_BYTES) {
      var bytes = path.getByteChunk();
      var raw = new String(bytes.getBuffer(), bytes.getStart(), bytes.getLength(), ISO_8859_1);
      if (raw.equals(OPENAI_PATH) || raw.startsWith(OPENAI_PATH + "/")) {
        request.setAttribute(OPENAI_ATTRIBUTE, true);
      }
      for (var prompts : PROMPT_PATHS) {
        if (raw.startsWith(prompts + "/") && !raw.equals(IMAGE_MODELS_PATH)) {
          request.setAttribute(PROMPT_ATTRIBUTE, raw.substring(prompts.length() + 1));
          path.setBytes(prompts.getBytes(ISO_8859_1), 0, prompts.length());
        }
      }
    }
    tomcat.service(request, response);
    UnreadBody.drain(request);
  }

  @Override
  public boolean prepare(Request request, Response response) throws Exception {
    return tomcat.prepare(request, response);
  }

  @Override
  public boolean asyncDispatch(Request request, Response response, SocketEvent status)
      throws Exception {
    return tomcat.asyncDispatch(request, response, status);
  }

  @Override
  public void log(Request request, Response response, long time) {
    tomcat.log(request, response, time);
  }

  @Override
  public void checkRecycled(Request request, Response response) {
    tomcat.checkRecycled(request, response);
  }

  @Override
  public String getDomain() {
    return tomcat.getDomain();
  }
}
