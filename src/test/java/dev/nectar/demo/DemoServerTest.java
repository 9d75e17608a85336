package dev.nectar.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoServerTest {

  private final DemoServer server = DemoServer.start(InstantSource.system());
  private final DemoClient client = DemoClient.of(server);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void server_listens_onLoopbackOnly() {
    assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
    assertThat(server.base()).isEqualTo("http://127.0.0.1:" + server.address().getPort());
  }

  @Test
  void server_closed_isGone() {
    server.close();

    assertThatThrownBy(() -> connect(server.address())).isInstanceOf(ConnectException.class);
  }

  @Test
  void threads_ofTheServer_doNotKeepTheProcessAlive() {
    client.images(Map.of("prompt", "a pear", "size", "16x16"));

    var own =
        Thread.getAllStackTraces().keySet().stream()
            .filter(
                thread -> List.of("HTTP-Dispatcher", "demo-painter-0").contains(thread.getName()))
            .toList();

    assertThat(own).hasSizeGreaterThanOrEqualTo(2).allMatch(Thread::isDaemon);
  }

  @Test
  void models_asked_areListed() {
    var reply = client.getJson("/v1/models");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.at("/object")).isEqualTo("list");
    assertThat(reply.at("/data/0/id")).isEqualTo("demo-painter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1", "/v1/images/generations", "/v1/modelsx", "/pictures/.."})
  void path_unknownOrWithAnotherMethod_answersOpenAiError(String path) {
    var reply = client.getJson(path);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.at("/error/message")).isEqualTo("Invalid URL (GET " + path + ")");
    assertThat(reply.at("/error/type")).isEqualTo("invalid_request_error");
    assertThat(reply.json().at("/error/code").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/images/generations", "/v1/chat/completions"})
  void body_ofTooMuchText_isRefused(String path) {
    var reply = client.post(path, "{\"prompt\":\"" + "a".repeat(5 << 20) + "\"}");

    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.at("/error/message")).contains("4 MB of it text");
  }

  @Test
  void conversation_withAPictureOfMegabytes_isTaken() {
    var picture = Map.of("url", "data:image/png;base64," + "A".repeat(3 << 20));
    var message =
        Map.of(
            "role",
            "user",
            "content",
            List.of(
                Map.of("type", "text", "text", "a cat"),
                Map.of("type", "image_url", "image_url", picture)));
    var reply =
        client.post(
            "/v1/chat/completions",
            DemoClient.JSON.writeValueAsString(Map.of("messages", List.of(message))));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.at("/choices/0/message/content")).startsWith("<prompt>a cat");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "\"apple\"", "null"})
  void body_thatIsNoObject_isABadRequest(String body) {
    assertThat(client.post("/v1/images/generations", body).status()).isEqualTo(400);
    assertThat(client.post("/v1/chat/completions", body).status()).isEqualTo(400);
  }

  @Test
  void fallback_asked_hasNoNetwork() {
    var response = client.get(URI.create(server.base() + "/pollinations/a%20cat?width=16"));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(new String(response.body(), UTF_8)).contains("no network");
  }

  private static void connect(InetSocketAddress address) throws IOException {
    new Socket(address.getAddress(), address.getPort()).close();
  }
}
