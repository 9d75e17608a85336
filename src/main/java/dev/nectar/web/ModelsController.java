package dev.nectar.web;

import dev.nectar.backend.BackendSettings;
import dev.nectar.openai.ModelList;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which models a client may choose from, in the words of three interfaces. */
@RestController
class ModelsController {

  private final List<String> names;
  private final Access access;
  private final Instant start;

  ModelsController(BackendSettings settings, Access access, InstantSource clock) {
    this.names = settings.modelNames();
    this.access = access;
    this.start = clock.instant();
  }

  /** Pollinations, as it was; open, as it is there. */
  @GetMapping("/models")
  List<String> names() {
    return names;
  }

  /** As Pollinations has it now. */
  @GetMapping(RawTarget.IMAGE_MODELS_PATH)
  List<ImageModel> imageModels() {
    return names.stream().map(ImageModel::new).toList();
  }

  record ImageModel(String name) {}

  /** OpenAI. Its clients try out a key here. */
  @GetMapping("/v1/models")
  ModelList list(HttpServletRequest request) {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
    return ModelList.of(names, start);
  }
}
