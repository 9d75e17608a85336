package dev.nectar.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the demo's back end, as the proxy is one. */
record DemoClient(HttpClient http, String base) implements AutoCloseable {

  static final JsonMapper JSON = JsonMapper.shared();

  record Reply(int status, JsonNode json) {

    String at(String pointer) {
      return json.at(pointer).asString("");
    }

    byte[] image(int index) {
      return Base64.getDecoder().decode(at("/data/" + index + "/b64_json"));
    }
  }

  static DemoClient of(DemoServer server) {
    return new DemoClient(HttpClient.newHttpClient(), server.base());
  }

  Reply images(Map<String, ?> order) {
    return post("/v1/images/generations", JSON.writeValueAsString(order));
  }

  Reply post(String path, String body) {
    return post(path, "application/json", BodyPublishers.ofString(body));
  }

  Reply post(String path, String type, BodyPublisher body) {
    var request = HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", type);
    var response = send(request.POST(body).build());
    return new Reply(response.statusCode(), JSON.readTree(response.body()));
  }

  Reply getJson(String path) {
    var response = get(URI.create(base + path));
    return new Reply(response.statusCode(), JSON.readTree(response.body()));
  }

  HttpResponse<byte[]> get(URI uri) {
    return send(HttpRequest.newBuilder(uri).build());
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError("no answer from " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
