package dev.nectar.server;

import static dev.nectar.server.NectarServer.ADMIN_TOKEN;
import static dev.nectar.server.NectarServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A server with keys, before one back end whose pictures have a price. */
final class KeyedServer implements AutoCloseable {

  /** One that was just made. */
  record Key(String id, String secret) {}

  private final NectarServer nectar;

  KeyedServer(Path directory, Painter painter, Map<String, String> settings) {
    var all = new HashMap<>(Map.of("LEDGER_FILE", directory.resolve("ledger.db").toString()));
    all.put("PRICES", "{\"%s\": {\"*\": 0.04}}".formatted(painter.url()));
    all.putAll(settings);
    this.nectar = NectarServer.start(directory.resolve("cache"), painter.url(), all);
  }

  NectarServer nectar() {
    return nectar;
  }

  Key key(String terms) throws IOException, InterruptedException {
    var made = admin("POST", "/admin/keys", terms);
    assertThat(made.statusCode()).as(NectarServer.text(made)).isEqualTo(201);
    return new Key(json(made).get("id").asString(), json(made).get("key").asString());
  }

  HttpResponse<byte[]> admin(String method, String target, String body)
      throws IOException, InterruptedException {
    return nectar.send(method, target, body, "X-Admin-Token", ADMIN_TOKEN);
  }

  JsonNode view(Key key) throws IOException, InterruptedException {
    return json(admin("GET", "/admin/keys/" + key.id(), ""));
  }

  JsonNode spend(String query) throws IOException, InterruptedException {
    return json(admin("GET", "/admin/spend" + query, "")).get("rows");
  }

  /** Asks for a picture. */
  HttpResponse<byte[]> image(Key key, String prompt, String... headers)
      throws IOException, InterruptedException {
    var target =
        "/prompt/"
            + URLEncoder.encode(prompt, StandardCharsets.UTF_8).replace("+", "%20")
            + "?key="
            + key.secret();
    return nectar.get(target, headers);
  }

  /** Orders pictures as clients of OpenAI do. */
  HttpResponse<byte[]> order(Key key, String json, String... headers)
      throws IOException, InterruptedException {
    return post(key, "/v1/images/generations", json, headers);
  }

  HttpResponse<byte[]> post(Key key, String path, String json, String... headers)
      throws IOException, InterruptedException {
    var own =
        Stream.of("Content-Type", "application/json", "Authorization", "Bearer " + key.secret());
    return nectar.send(
        "POST", path, json, Stream.concat(own, Stream.of(headers)).toArray(String[]::new));
  }

  @Override
  public void close() {
    nectar.close();
  }
}
