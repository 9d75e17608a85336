package dev.nectar.openai;

import dev.nectar.backend.BackendSettings;
import dev.nectar.web.Access;
import dev.nectar.web.QueryParameters;
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

  /** Clients try out a key here. */
  @GetMapping("/v1/models")
  ModelList list(HttpServletRequest request) {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
    return models;
  }
}
