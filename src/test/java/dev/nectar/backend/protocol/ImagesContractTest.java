package dev.nectar.backend.protocol;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.nectar.backend.Protocol;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

class ImagesContractTest extends ImageBackendContract {

  @Override
  Protocol protocol() {
    return Protocol.IMAGES;
  }

  @Override
  String painting(String base64) {
    return "{\"data\":[{\"b64_json\":\"" + base64 + "\"}]}";
  }

  @Override
  String linking(String url) {
    return "{\"data\":[{\"url\":\"" + url + "\"}]}";
  }

  @Override
  Map.Entry<Integer, String> refusal() {
    return Map.entry(400, "{\"error\":{\"code\":\"moderation_blocked\"}}");
  }

  @Override
  String silence() {
    return "{\"data\":[]}";
  }

  @Override
  String path() {
    return "/v1/images/generations";
  }

  @Override
  String inputPath() {
    return "/v1/images/edits";
  }

  @Override
  String inputPrompt(LoggedRequest call) {
    return call.getPart("prompt").getBody().asString();
  }

  @Override
  List<byte[]> inputs(LoggedRequest call) {
    return call.getParts().stream()
        .filter(part -> part.getName().equals("image[]"))
        .map(part -> part.getBody().asBytes())
        .toList();
  }

  @Override
  byte @Nullable [] mask(LoggedRequest call) {
    return call.getPart("mask").getBody().asBytes();
  }

  @Override
  boolean takesSeveral() {
    return true;
  }

  @Override
  String prompt(JsonNode body) {
    return body.path("prompt").asString("");
  }

  @Override
  String shapeName() {
    return "size";
  }

  @Override
  String shape(JsonNode body) {
    return body.path("size").asString("");
  }

  @Override
  List<String> shapes() {
    return List.of("1024x768", "1024x1024");
  }

  @Override
  String shapePath() {
    return "$[?(@.size == '1024x768')]";
  }

  @Override
  String seedPath() {
    return "$.seed";
  }

  @Override
  List<String> placeless() {
    return List.of();
  }
}
