package dev.nectar.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A back end that answers every call alike. */
public final class Painter implements AutoCloseable {

  private final WireMockServer server = new WireMockServer(options().dynamicPort());

  private Painter() {}

  public static Painter start() {
    var painter = new Painter();
    painter.server.start();
    return painter;
  }

  public String url() {
    return "http://localhost:" + server.port();
  }

  public WireMockServer server() {
    return server;
  }

  /** Answers like this from now on, and forgets the calls so far. */
  public void answers(ResponseDefinitionBuilder answer) {
    server.resetAll();
    server.stubFor(any(anyUrl()).willReturn(answer));
  }

  public void paints(byte[] image) {
    answers(painting(image));
  }

  public void fails(int status, String body) {
    answers(aResponse().withStatus(status).withBody(body));
  }

  public static ResponseDefinitionBuilder painting(byte[] image) {
    return aResponse()
        .withHeader("Content-Type", "application/json")
        .withBody(
            "{\"created\":1,\"data\":[{\"b64_json\":\""
                + Base64.getEncoder().encodeToString(image)
                + "\"}]}");
  }

  public List<LoggedRequest> calls() {
    return server.findAll(anyRequestedFor(anyUrl()));
  }

  public JsonNode lastBody() {
    return body(calls().getLast());
  }

  public static JsonNode body(LoggedRequest call) {
    return JsonMapper.shared().readTree(call.getBody());
  }

  public String lastPrompt() {
    return lastBody().get("prompt").asString("");
  }

  @Override
  public void close() {
    server.stop();
  }
}
