package dev.nectar.server;

import static dev.nectar.server.NectarServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests that chat with one server. */
abstract class ChatCase extends ServerCase {

  static final String PATH = "/v1/chat/completions";
  static final String DATA_URL = "data:image/png;base64," + BASE64;

  ChatCase(Path cache) {
    super(cache, Map.of("URL_SIGNING_KEYS", "a-signing-key-of-24-chars"));
  }

  HttpResponse<byte[]> chat(NectarServer server, String body)
      throws IOException, InterruptedException {
    return server.send(
        "POST",
        PATH,
        body,
        "Content-Type",
        "application/json",
        "Authorization",
        "Bearer " + NectarServer.KEY);
  }

  HttpResponse<byte[]> chat(String body) throws IOException, InterruptedException {
    return chat(nectar, body);
  }

  static String asks(String prompt, String members) {
    var message = JsonMapper.shared().writeValueAsString(Map.of("role", "user", "content", prompt));
    return "{\"messages\":[" + message + "]" + members + "}";
  }

  /** The data of events, without the comments between them. */
  static List<String> events(HttpResponse<byte[]> answer) {
    return Arrays.stream(text(answer).split("\n\n"))
        .filter(event -> !event.equals(":"))
        .map(event -> event.replaceFirst("^data: ", ""))
        .toList();
  }

  static List<JsonNode> chunks(List<String> events) {
    assertThat(events.getLast()).isEqualTo("[DONE]");
    return events.subList(0, events.size() - 1).stream()
        .map(event -> JsonMapper.shared().readTree(event))
        .toList();
  }

  static String target(String url) {
    var uri = URI.create(url);
    return uri.getRawPath() + "?" + uri.getRawQuery();
  }
}
