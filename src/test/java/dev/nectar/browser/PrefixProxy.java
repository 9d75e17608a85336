package dev.nectar.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves what lies behind it under a prefix, as an operator's web server does. */
final class PrefixProxy implements AutoCloseable {

  private static final List<String> PASSED_ON =
      List.of("Accept", "Authorization", "Content-Type", "If-Match", "X-Admin-Token");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;
  private final String behind;
  private final String prefix;

  private PrefixProxy(String behind, String prefix, int port) throws IOException {
    this.behind = behind;
    this.prefix = prefix;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext(prefix, this::pass);
    server.start();
  }

  /**
   * Starts one.
   *
   * @param url of the server behind it, with a slash at its end
   * @param prefix with a slash at either end
   */
  static PrefixProxy before(String url, String prefix) throws IOException {
    return new PrefixProxy(url, prefix, 0);
  }

  /** The same at the same place, once this one is closed. */
  PrefixProxy again() throws IOException {
    return new PrefixProxy(behind, prefix, port());
  }

  String url() {
    return "http://localhost:" + port() + prefix;
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      var target = exchange.getRequestURI().toString().substring(prefix.length());
      var body = BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes());
      var request =
          HttpRequest.newBuilder(URI.create(behind + target))
              .method(exchange.getRequestMethod(), body)
              .header("X-Forwarded-Host", exchange.getRequestHeaders().getFirst("Host"))
              .header("X-Forwarded-Prefix", prefix.substring(0, prefix.length() - 1));
      for (var name : PASSED_ON) {
        var value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
          request.header(name, value);
        }
      }
      var answer = client.send(request.build(), BodyHandlers.ofInputStream());
      for (var name : List.of("Content-Type", "Content-Security-Policy")) {
        answer
            .headers()
            .firstValue(name)
            .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
      }
      exchange.sendResponseHeaders(answer.statusCode(), 0);
      try (var in = answer.body()) {
        pass(in, exchange.getResponseBody());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while passing on");
    }
  }

  /** As it comes: events are not kept back. */
  private static void pass(InputStream in, OutputStream out) throws IOException {
    var buffer = new byte[8_192];
    for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      out.flush();
    }
  }

  /** Cuts every connection off. */
  @Override
  public void close() {
    server.stop(0);
    client.shutdownNow();
    threads.shutdownNow();
    threads.close();
  }
}
