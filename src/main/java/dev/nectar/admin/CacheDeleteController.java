package dev.nectar.admin;

import dev.nectar.cache.CacheKey;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.http.JsonObjectBody;
import dev.nectar.image.ImageRequest;
import dev.nectar.web.InputPictures;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets admins forget an image. */
@RestController
class CacheDeleteController {

  private final AdminAccess access;
  private final GenerationPipeline pipeline;
  private final InputPictures inputs;
  private final RandomGenerator random;

  CacheDeleteController(
      AdminAccess access,
      GenerationPipeline pipeline,
      InputPictures inputs,
      RandomGenerator random) {
    this.access = access;
    this.pipeline = pipeline;
    this.inputs = inputs;
    this.random = random;
  }

  @PostMapping("/cache/delete")
  ResponseEntity<String> delete(HttpServletRequest request) throws IOException {
    access.check(request);
    var body = JsonObjectBody.read(request.getInputStream());
    var image = image(body);
    var given = inputs.named(body::get, request);
    given.images().close();
    var key = CacheKey.of(image.withInputs(given.inputs()));
    Audit.concerns(request, key.toString());
    return switch (pipeline.forget(key)) {
      case FORGOTTEN -> answer(HttpStatus.OK, "Deleted: " + key);
      case NOTHING_TO_FORGET -> answer(HttpStatus.NOT_FOUND, "Not Found: " + key);
      case FAILED -> throw AdminAccess.notForgotten();
    };
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
