package dev.nectar.web;

import dev.nectar.generation.Admission;
import dev.nectar.generation.Caller;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.http.JsonObjectBody;
import dev.nectar.image.ImageRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** Answers prompts with images. */
@Controller
class PromptController {

  private final AccessKey accessKey;
  private final GenerationPipeline pipeline;
  private final RandomGenerator random;

  PromptController(WebSettings settings, GenerationPipeline pipeline, RandomGenerator random) {
    this.accessKey = new AccessKey(settings.accessKey());
    this.pipeline = pipeline;
    this.random = random;
  }

  /** {@code GET /prompt/{description}}: {@link RawTarget} took the description out of the path. */
  @GetMapping("/prompt")
  void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var parameters = authorized(request);
    var prompt = PercentText.decode(RawTarget.prompt(request));
    answer(ImageRequest.of(prompt, parameters::get, random), request, response);
  }

  @PostMapping("/prompt")
  void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
    authorized(request);
    var body = JsonObjectBody.read(request.getInputStream());
    answer(
        ImageRequest.of(ImageRequest.text(body::get, "prompt"), body::get, random),
        request,
        response);
  }

  private QueryParameters authorized(HttpServletRequest request) {
    var parameters = new QueryParameters(request.getQueryString());
    if (!accessKey.opens(request, parameters)) {
      throw Problem.WRONG_KEY.because("Give the key as the parameter 'key' or as a bearer token.");
    }
    return parameters;
  }

  private void answer(ImageRequest image, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try (var answer =
        pipeline.image(image, new Caller(RawTarget.requestId(request), Admission.FREE))) {
      ImageResponses.write(image, answer, request, response);
    }
  }
}
