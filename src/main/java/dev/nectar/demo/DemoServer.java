package dev.nectar.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nectar.http.BodyTooLargeException;
import dev.nectar.http.BoundedBody;
import dev.nectar.http.JsonObjectBody.MalformedException;
import dev.nectar.image.ImageTooLargeException;
import dev.nectar.image.staging.StagingArea;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A server for images and chat on a free port of the loopback address, OpenAI-compatible; it paints
 * by the protocols of others, too. Its threads don't keep the process alive.
 */
final class DemoServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DemoServer.class);

  private static final long MAX_IMAGE = 32 << 20;
  private static final long MAX_FORM = 4 * MAX_IMAGE + (4 << 20);

  private final HttpServer server;
  private final ExecutorService handlers;
  private final Studio studio;
  private final Path directory;
  private final StagingArea staging;
  private final String base;
  private final ImagesEndpoint images;
  private final ChatEndpoint chat;
  private final GeminiEndpoint gemini;
  private final TextToImageEndpoint textToImage;
  private final ModelsEndpoint models;

  private DemoServer(HttpServer server, Path directory, InstantSource time) {
    this.server = server;
    this.handlers = Executors.newVirtualThreadPerTaskExecutor();
    this.studio = new Studio();
    this.directory = directory;
    this.staging = new StagingArea(directory, MAX_IMAGE);
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
      var server = new DemoServer(http, Files.createTempDirectory("nectar-demo"), time);
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
    try {
      FileSystemUtils.deleteRecursively(directory);
    } catch (IOException e) {
      log.debug("The demo's temporary pictures can't be removed: {}", e.toString());
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var answer = answer(exchange);
      // Whoever still sends hears nothing.
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      exchange.getResponseHeaders().set("Content-Type", answer.mediaType());
      // Of unknown length: the answer is written while it is made.
      exchange.sendResponseHeaders(answer.status(), 0);
      try (var out = exchange.getResponseBody()) {
        answer.content().writeTo(out);
      }
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    var method = exchange.getRequestMethod();
    var path = exchange.getRequestURI().getPath();
    return switch (method + " " + path) {
      case "POST /v1/images/generations" -> answer(exchange, images::generate);
      case "POST /v1/images/edits" -> edit(exchange);
      case "POST /v1/chat/completions" -> answer(exchange, chat::complete);
      case "POST /sdapi/v1/txt2img", "POST /sdapi/v1/img2img" ->
          answer(exchange, textToImage::paint);
      case "GET /v1/models" -> models.list();
      case "GET " + ImagesEndpoint.PICTURES -> images.picture(exchange.getRequestURI());
      default -> {
        if (path.startsWith(GeminiEndpoint.PREFIX) && path.endsWith(GeminiEndpoint.SUFFIX)) {
          yield answer(exchange, gemini::generate);
        }
        yield path.startsWith("/pollinations") ? noNetwork() : notFound(method, path);
      }
    };
  }

  private Answer answer(HttpExchange exchange, Function<Request, Answer> endpoint)
      throws IOException {
    try (var request = Request.read(exchange.getRequestBody(), staging)) {
      return endpoint.apply(request);
    } catch (ImageTooLargeException e) {
      return tooLarge();
    } catch (MalformedException e) {
      var status = Request.isTooLong(e) ? 413 : 400;
      return OpenAiError.of(status, String.valueOf(e.getMessage())).answer();
    }
  }

  private Answer edit(HttpExchange exchange) {
    var type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    var body = new BoundedBody(exchange.getRequestBody(), MAX_FORM);
    try (var form = MultipartForm.read(type, body, staging)) {
      return images.edit(form);
    } catch (BodyTooLargeException | ImageTooLargeException e) {
      return tooLarge();
    } catch (IOException e) {
      return OpenAiError.of(400, "The body is no form with pictures.").answer();
    }
  }

  private static Answer tooLarge() {
    return OpenAiError.of(413, "The body or an image is too large.").answer();
  }

  private static Answer notFound(String method, String path) {
    return OpenAiError.of(404, "Invalid URL (%s %s)".formatted(method, path)).answer();
  }

  private static Answer noNetwork() {
    return Answer.text(503, "The demo has no network, and so no fallback outside this process.");
  }
}
