package dev.nectar.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails every call and tells in its answer all that it was told. */
final class EchoingServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger calls = new AtomicInteger();
  private final int status;

  private EchoingServer(HttpServer server, int status) {
    this.server = server;
    this.status = status;
  }

  static EchoingServer start(int status) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var echo = new EchoingServer(HttpServer.create(address, 0), status);
    echo.server.setExecutor(echo.threads);
    echo.server.createContext("/", echo::answer);
    echo.server.start();
    return echo;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      calls.incrementAndGet();
      var heard =
          exchange.getRequestURI()
              + " "
              + exchange.getRequestHeaders().entrySet()
              + " "
              + new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      var body = ("{\"error\":{\"message\":\"" + heard.replaceAll("[\"\\\\\\s]", " ") + "\"}}");
      var bytes = body.getBytes(UTF_8);
      exchange.getResponseHeaders().set("X-Heard", heard.replaceAll("[^ -~]", " "));
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  int calls() {
    return calls.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
