package dev.nectar.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.cache.CacheKey;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.http.JsonObjectBody;
import dev.nectar.image.ImageRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Lets admins forget an image. */
@RestController
class CacheDeleteController {

  private final AdminSettings settings;
  private final GenerationPipeline pipeline;
  private final RandomGenerator random;

  CacheDeleteController(
      AdminSettings settings, GenerationPipeline pipeline, RandomGenerator random) {
    this.settings = settings;
    this.pipeline = pipeline;
    this.random = random;
  }

  @PostMapping("/cache/delete")
  ResponseEntity<String> delete(HttpServletRequest request) throws IOException {
    authorize(request.getHeader("X-Admin-Token"));
    var key = CacheKey.of(image(JsonObjectBody.read(request.getInputStream())));
    return pipeline.forget(key)
        ? answer(HttpStatus.OK, "Deleted: " + key)
        : answer(HttpStatus.NOT_FOUND, "Not Found: " + key);
  }

  private void authorize(@Nullable String presented) {
    var expected = settings.token();
    if (expected == null) {
      throw new ResponseStatusException(
          HttpStatus.FORBIDDEN, "Admin operations are off: ADMIN_TOKEN is not set.");
    }
    if (presented == null
        || !MessageDigest.isEqual(expected.getBytes(UTF_8), presented.getBytes(UTF_8))) {
      throw new ResponseStatusException(
          HttpStatus.UNAUTHORIZED, "Give the admin token in the header X-Admin-Token.");
    }
  }

  private ImageRequest image(Map<String, @Nullable Object> body) {
    var prompt =
        ImageRequest.text(body::get, body.containsKey("description") ? "description" : "prompt");
    return ImageRequest.of(prompt, body::get, random);
  }

  private static ResponseEntity<String> answer(HttpStatus status, String text) {
    return ResponseEntity.status(status).contentType(MediaType.TEXT_PLAIN).body(text);
  }
}
