package dev.nectar.automatic1111;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nectar.http.JsonObjectBody;
import dev.nectar.web.Access;
import dev.nectar.web.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What clients of Automatic1111's web UI ask before they paint. Of samplers and the like there is
 * the one choice that a client can't do without; back ends choose their own.
 */
@RestController
@RequestMapping("/sdapi/v1")
class WebUiController {

  private static final String CHECKPOINT = "sd_model_checkpoint";

  private final Access access;
  private final Checkpoints checkpoints;

  WebUiController(Access access, Checkpoints checkpoints) {
    this.access = access;
    this.checkpoints = checkpoints;
  }

  /** Before each of the methods below. */
  @ModelAttribute
  void checkKey(HttpServletRequest request) {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
  }

  /** A model: the name stands for what is a file there. */
  record Model(
      String title,
      @JsonProperty("model_name") String modelName,
      @Nullable String hash,
      @Nullable String sha256,
      String filename,
      @Nullable String config) {}

  @GetMapping("/sd-models")
  List<Model> models() {
    return checkpoints.names().stream()
        .map(name -> new Model(name, name, null, null, name, null))
        .toList();
  }

  @GetMapping("/options")
  Map<String, Object> options(HttpServletRequest request) {
    return Map.of(CHECKPOINT, checkpoints.loaded(request), "sd_vae", "Automatic");
  }

  /** Takes up the model alone. */
  @PostMapping("/options")
  Map<String, Object> choose(HttpServletRequest request) throws IOException {
    if (JsonObjectBody.read(request.getInputStream()).get(CHECKPOINT) instanceof String name) {
      checkpoints.choose(name, request);
    }
    return Map.of();
  }

  @GetMapping("/samplers")
  List<Map<String, Object>> samplers() {
    return List.of(Map.of("name", "Euler a", "aliases", List.of("k_euler_a"), "options", Map.of()));
  }

  @GetMapping("/schedulers")
  List<Map<String, Object>> schedulers() {
    return List.of(
        Map.of(
            "name",
            "automatic",
            "label",
            "Automatic",
            "aliases",
            List.of(),
            "default_rho",
            -1.0,
            "need_inner_model",
            false));
  }

  @GetMapping("/upscalers")
  List<Map<String, @Nullable Object>> upscalers() {
    var none = new LinkedHashMap<String, @Nullable Object>();
    none.put("name", "None");
    none.put("model_name", null);
    none.put("model_path", null);
    none.put("model_url", null);
    none.put("scale", 1.0);
    return List.of(Collections.unmodifiableMap(none));
  }

  @GetMapping("/latent-upscale-modes")
  List<Map<String, Object>> latentUpscaleModes() {
    return List.of(Map.of("name", "Latent"));
  }

  @GetMapping({"/sd-vae", "/sd-modules"})
  List<Object> none() {
    return List.of();
  }

  /** Idle: what is painted for others is nothing to wait for. */
  @GetMapping("/progress")
  Map<String, @Nullable Object> progress() {
    var progress = new LinkedHashMap<String, @Nullable Object>();
    progress.put("progress", 0.0);
    progress.put("eta_relative", 0.0);
    progress.put(
        "state",
        Map.of(
            "skipped",
            false,
            "interrupted",
            false,
            "stopping_generation",
            false,
            "job",
            "",
            "job_count",
            0,
            "job_timestamp",
            "0",
            "job_no",
            0,
            "sampling_step",
            0,
            "sampling_steps",
            0));
    progress.put("current_image", null);
    progress.put("textinfo", null);
    return progress;
  }

  /** Ends nothing: whoever else waits for the picture gets it, and it is kept. */
  @PostMapping("/interrupt")
  Map<String, Object> interrupt() {
    return Map.of();
  }
}
