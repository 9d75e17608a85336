package dev.nectar.web.prompt;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nectar.backend.BackendSettings;
import dev.nectar.web.RawRequest;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which models a client may choose from, as Pollinations lists them. */
@RestController
class ModelsController {

  private final List<String> names;

  ModelsController(BackendSettings settings) {
    this.names = settings.modelNames();
  }

  /** Pollinations, as it was; open, as it is there. */
  @GetMapping("/models")
  List<String> names() {
    return names;
  }

  /** As Pollinations has it now. */
  @GetMapping(RawRequest.IMAGE_MODELS_PATH)
  List<ImageModel> imageModels() {
    return names.stream().map(ImageModel::of).toList();
  }

  /**
   * What Pollinations tells of one.
   *
   * @param inputModalities what it takes
   * @param outputModalities what it gives
   */
  record ImageModel(
      String name,
      String description,
      List<String> aliases,
      @JsonProperty("input_modalities") List<String> inputModalities,
      @JsonProperty("output_modalities") List<String> outputModalities) {

    private static ImageModel of(String name) {
      return new ImageModel(name, name, List.of(), List.of("text"), List.of("image"));
    }
  }
}
