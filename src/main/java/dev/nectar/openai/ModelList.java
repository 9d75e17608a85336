package dev.nectar.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What {@code GET /v1/models} answers. */
record ModelList(String object, List<Model> data) {

  /**
   * One model.
   *
   * @param created in seconds since 1970
   */
  record Model(String id, String object, long created, @JsonProperty("owned_by") String ownedBy) {}

  /**
   * The list of these models.
   *
   * @param known since when they are
   */
  static ModelList of(List<String> names, Instant known) {
    return new ModelList(
        "list",
        names.stream()
            .map(name -> new Model(name, "model", known.getEpochSecond(), "nectar"))
            .toList());
  }

  /** The model of this name. */
  Optional<Model> find(String name) {
    return data.stream().filter(model -> model.id().equals(name)).findFirst();
  }
}
