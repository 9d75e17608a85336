package dev.nectar.openai;

import dev.nectar.backend.BackendSettings;
import dev.nectar.web.Access;
import dev.nectar.web.Problem;
import dev.nectar.web.QueryParameters;
import dev.nectar.web.RawRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which models a client may choose from. */
@RestController
class OpenAiModelsController {

  private final Access access;
  private final ModelList models;

  OpenAiModelsController(BackendSettings settings, Access access, InstantSource clock) {
    this.access = access;
    this.models = ModelList.of(settings.modelNames(), clock.instant());
  }

  /** All of them, where clients try out a key, or the one that the path names. */
  @GetMapping("/v1/models")
  Object models(HttpServletRequest request) {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
    return RawRequest.model(request).<Object>map(this::model).orElse(models);
  }

  private ModelList.Model model(String name) {
    return models
        .find(name)
        .orElseThrow(() ->
            Problem.MODEL_NOT_KNOWN.because("The model '%s' does not exist.".formatted(name)));
  }
}
