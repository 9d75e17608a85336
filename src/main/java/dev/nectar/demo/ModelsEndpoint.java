package dev.nectar.demo;

import java.util.List;
import java.util.Map;

/** {@code GET /v1/models}: the painter and the writer. */
final class ModelsEndpoint {

  /** When the models are said to have been made, in seconds since 1970. */
  private static final long CREATED = 1_767_225_600;

  Answer list() {
    return Answer.json(
        200,
        Map.of("object", "list", "data", List.of(model("demo-painter"), model("demo-writer"))));
  }

  private static Map<String, Object> model(String id) {
    return Map.of("id", id, "object", "model", "created", CREATED, "owned_by", "nectar");
  }
}
