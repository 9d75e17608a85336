package dev.nectar.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server for images and chat on a free port of the loopback address, OpenAI-compatible; it paints
 * by the protocols of others, too. Its threads don't keep the process alive.
 */
final class DemoServer implements AutoCloseable {

  private static final int MAX_BODY = 16 << 20;

  private final HttpServer server;
  private final ExecutorService handlers;
  private final Studio studio;
  private final String base;
  private final ImagesEndpoint images;
  private final ChatEndpoint chat;
  private final GeminiEndpoint gemini;
  private final TextToImageEndpoint textToImage;
  private final ModelsEndpoint models;

  private DemoServer(HttpServer server, InstantSource time) {
    this.server = server;
    this.handlers = Executors.newVirtualThreadPerTaskExecutor();
    this.studio = new Studio();
    this.base = "http://127.0.0.1:" + server.getAddress().getPort();
    this.images = new ImagesEndpoint(studio, base, time);
    this.chat = new ChatEndpoint(new PaintingChat(studio), time);
    this.gemini = new GeminiEndpoint(studio);
    this.textToImage = new TextToImageEndpoint(studio);
    this.models = new ModelsEndpoint();
  }

  static DemoServer start(InstantSource time) {
    try {
      var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
      var http = HttpServer.create(address, 0);
      var server = new DemoServer(http, time);
      http.setExecutor(server.handlers);
      http.createContext("/", server::handle);
      // The dispatcher inherits being a daemon from the thread that starts it.
      Thread.ofPlatform().daemon().start(http::start).join();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("the demo's back end can't listen on the loopback address", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the demo's back end was starting", e);
    }
  }

  /** Such as {@code http://127.0.0.1:49152}. */
  String base() {
    return base;
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    studio.close();
    handlers.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
      var answer = body.length > MAX_BODY ? tooLarge() : answer(exchange, body);
      exchange.getResponseHeaders().set("Content-Type", answer.mediaType());
      // Of unknown length: the answer is written while it is made.
      exchange.sendResponseHeaders(answer.status(), 0);
      try (var out = exchange.getResponseBody()) {
        answer.content().writeTo(out);
      }
    }
  }

  private Answer answer(HttpExchange exchange, byte[] body) {
    var method = exchange.getRequestMethod();
    var path = exchange.getRequestURI().getPath();
    return switch (method + " " + path) {
      case "POST /v1/images/generations" -> images.generate(body);
      case "POST /v1/chat/completions" -> chat.complete(body);
      case "POST /sdapi/v1/txt2img" -> textToImage.paint(body);
      case "GET /v1/models" -> models.list();
      case "GET " + ImagesEndpoint.PICTURES -> images.picture(exchange.getRequestURI());
      default -> {
        if (path.startsWith(GeminiEndpoint.PREFIX) && path.endsWith(GeminiEndpoint.SUFFIX)) {
          yield gemini.generate(body);
        }
        yield path.startsWith("/pollinations") ? noNetwork() : notFound(method, path);
      }
    };
  }

  private static Answer tooLarge() {
    return OpenAiError.of(413, "The request body is larger than 16 MB.").answer();
  }

  private static Answer notFound(String method, String path) {
    return OpenAiError.of(404, "Invalid URL (%s %s)".formatted(method, path)).answer();
  }

  private static Answer noNetwork() {
    return Answer.text(503, "The demo has no network, and so no fallback outside this process.");
  }
}
