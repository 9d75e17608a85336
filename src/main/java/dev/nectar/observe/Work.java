package dev.nectar.observe;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.MDC;

/**
 * What a thread works for: a request, by whose id its log lines can be found, and a step of a
 * trace. Threads that take over a part of the work are told of both.
 */
public final class Work {

  /** Under which log lines have the request's id. */
  private static final String REQUEST_ID = "requestId";

  /** Under which they have the ids of requests that wait for the same, separated by commas. */
  private static final String JOINED = "joined";

  private static final String ID_HEADER = "X-Request-Id";

  /** Names this thread's work until it is closed. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  private Work() {}

  /** Work for this request. */
  public static Scope forRequest(String id) {
    MDC.put(REQUEST_ID, id);
    return () -> MDC.remove(REQUEST_ID);
  }

  /** Names those, too, who wait for what this thread is at. */
  public static void alsoFor(List<String> ids) {
    if (!ids.isEmpty()) {
      MDC.put(JOINED, String.join(",", ids));
    }
  }

  /** The same work, for another thread to do. */
  public static Runnable carried(Runnable work) {
    var names = MDC.getCopyOfContextMap();
    var traced = Context.current().wrap(work);
    return () -> {
      if (names != null) {
        MDC.setContextMap(names);
      }
      try {
        traced.run();
      } finally {
        MDC.clear();
      }
    };
  }

  /** Has each task done by a virtual thread of its own, as a part of the work of who asks. */
  public static Executor threads() {
    return task -> Thread.startVirtualThread(carried(task));
  }

  /** What tells whoever is asked for help what it is for. */
  public static Map<String, String> headers() {
    var headers = new HashMap<String, String>();
    var id = MDC.get(REQUEST_ID);
    if (id != null) {
      headers.put(ID_HEADER, id);
    }
    W3CTraceContextPropagator.getInstance()
        .inject(Context.current(), headers, (_, name, value) -> headers.put(name, value));
    return headers;
  }
}
