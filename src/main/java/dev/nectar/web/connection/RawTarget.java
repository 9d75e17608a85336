package dev.nectar.web.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nectar.observe.Traces;
import dev.nectar.observe.Work;
import dev.nectar.web.RawRequest;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Collections;
import java.util.List;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * Stands before everything that Tomcat does with a request's path: takes the prompt out of it as it
 * came over the wire, so that no slash, dot, semicolon, backslash, escape or NUL in it is
 * normalized, refused, or leads to another resource; brings the paths of OpenAI's API to one; and
 * gives every request its id.
 */
final class RawTarget implements Adapter {

  private static final List<String> KEY_HEADERS = List.of("authorization", "api-key", "x-api-key");

  private static final TextMapGetter<MimeHeaders> HEADERS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(MimeHeaders headers) {
          return () -> Collections.list(headers.names()).iterator();
        }

        @Override
        public @Nullable String get(@Nullable MimeHeaders headers, String name) {
          return headers == null ? null : headers.getHeader(name);
        }
      };

  private final Adapter tomcat;
  private final Traces traces;
  private final AnswersAtHand atHand;

  RawTarget(Adapter tomcat, Traces traces, AnswersAtHand atHand) {
    this.tomcat = tomcat;
    this.traces = traces;
    this.atHand = atHand;
  }

  /** Puts itself before the connector's own adapter as soon as there is one. */
  static void install(Connector connector, Traces traces, AnswersAtHand atHand) {
    connector.addLifecycleListener(event -> {
      if (event.getType().equals(Lifecycle.AFTER_INIT_EVENT)) {
        var protocol = connector.getProtocolHandler();
        protocol.setAdapter(new RawTarget(protocol.getAdapter(), traces, atHand));
      }
    });
  }

  @Override
  public void service(Request request, Response response) throws Exception {
    RequestDeadlineProtocol.giveWay(request);
    var id = RequestId.of(request.getMimeHeaders());
    request.setAttribute(RawRequest.ID_ATTRIBUTE, id);
    response.setHeader(RawRequest.ID_HEADER, id);
    try (var _ = Work.forRequest(id);
        var _ = traces.continued(request.getMimeHeaders(), HEADERS)) {
      serve(request, response);
    }
  }

  private void serve(Request request, Response response) throws Exception {
    RequestLine.examine(request, response);
    var sent = target(request);
    RawRequest.AtHand answered = known -> atHand.note(sent, known);
    request.setAttribute(RawRequest.AT_HAND_ATTRIBUTE, answered);
    map(request);
    UnreadableHeaders.remove(request.getMimeHeaders());
    try (var _ = watched(request)) {
      tomcat.service(request, response);
    }
    UnreadBody.drain(request);
  }

  private static String target(Request request) {
    var query = request.queryString();
    return query.isNull() ? request.requestURI().toString() : request.requestURI() + "?" + query;
  }

  private static void map(Request request) {
    var path = request.requestURI();
    if (path.getType() == MessageBytes.T_BYTES) {
      var bytes = path.getByteChunk();
      var sent = new String(bytes.getBuffer(), bytes.getStart(), bytes.getLength(), ISO_8859_1);
      var api = ApiPath.of(sent, presentsKey(request.getMimeHeaders()));
      var raw = api.map(ApiPath::path).orElseGet(() -> PlainPath.of(sent));
      api.map(ApiPath::model)
          .ifPresent(model -> request.setAttribute(RawRequest.MODEL_ATTRIBUTE, model));
      request.setAttribute(RawRequest.PATH_ATTRIBUTE, raw);
      if (!raw.equals(sent)) {
        path.setBytes(raw.getBytes(ISO_8859_1), 0, raw.length());
      }
      for (var prompts : RawRequest.PROMPT_PATHS) {
        if (raw.startsWith(prompts + "/") && !raw.equals(RawRequest.IMAGE_MODELS_PATH)) {
          request.setAttribute(RawRequest.PROMPT_ATTRIBUTE, raw.substring(prompts.length() + 1));
          path.setBytes(prompts.getBytes(ISO_8859_1), 0, prompts.length());
        }
      }
    }
  }

  /** Lets it be found out, until this is closed, whether the client is still there. */
  private static Work.Scope watched(Request request) {
    var presence = RequestDeadlineProtocol.presence(request);
    presence.ifPresent(client -> request.setAttribute(RawRequest.PRESENCE_ATTRIBUTE, client));
    return () -> presence.ifPresent(SocketPresence::end);
  }

  private static boolean presentsKey(MimeHeaders headers) {
    return KEY_HEADERS.stream().anyMatch(name -> headers.getHeader(name) != null);
  }

  @Override
  public boolean prepare(Request request, Response response) throws Exception {
    return tomcat.prepare(request, response);
  }

  @Override
  public boolean asyncDispatch(Request request, Response response, SocketEvent status)
      throws Exception {
    var id = String.valueOf(request.getAttribute(RawRequest.ID_ATTRIBUTE));
    try (var _ = Work.forRequest(id);
        var _ = traces.continued(request.getMimeHeaders(), HEADERS);
        var _ = watched(request)) {
      return tomcat.asyncDispatch(request, response, status);
    }
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
