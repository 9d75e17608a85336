package dev.nectar.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An image host of the kind PicGo that publishes whatever comes, each time elsewhere. */
final class PublishingHost implements AutoCloseable {

  private final HttpServer server;
  private final AtomicInteger uploads = new AtomicInteger();

  private PublishingHost(HttpServer server) {
    this.server = server;
  }

  static PublishingHost start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var host = new PublishingHost(server);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          var answer =
              "{\"status_code\":200,\"image\":{\"url\":\"https://i.example/%d.png\"}}"
                  .formatted(host.uploads.incrementAndGet())
                  .getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return host;
  }

  int uploads() {
    return uploads.get();
  }

  /** What makes a server publish here, and more. */
  Map<String, String> settings(Map<String, String> more) {
    var settings = new LinkedHashMap<>(more);
    settings.put("IMAGE_HOSTING_ENABLED", "true");
    settings.put("IMAGE_HOSTING_PROVIDER", "picgo");
    settings.put("IMAGE_HOSTING_KEY", "a-hosting-key");
    settings.put(
        "IMAGE_HOSTING_URL", "http://localhost:" + server.getAddress().getPort() + "/upload");
    return settings;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
