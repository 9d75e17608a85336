package dev.nectar.backend.protocol;

import dev.nectar.backend.Protocol;
import java.util.List;
import java.util.Map;
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
