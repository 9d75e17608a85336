package dev.nectar.web;

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
  private final Referers referers;
  private final RateLimits rateLimits;
  private final GenerationPipeline pipeline;
  private final ProgressResponses progress;
  private final RandomGenerator random;

  PromptController(
      WebSettings settings,
      Referers referers,
      RateLimits rateLimits,
      GenerationPipeline pipeline,
      ProgressResponses progress,
      RandomGenerator random) {
    this.accessKey = new AccessKey(settings.accessKey());
    this.referers = referers;
    this.rateLimits = rateLimits;
    this.pipeline = pipeline;
    this.progress = progress;
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
    if (!referers.allow(request)) {
      throw Problem.FOREIGN_PAGE.because("Pages of other hosts may not embed these images.");
    }
    return parameters;
  }

  private void answer(ImageRequest image, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var quota = rateLimits.quota(request);
    var caller = new Caller(RawTarget.requestId(request), quota);
    if (EventStream.isWanted(request)) {
      progress.write(image, caller, response);
      return;
    }
    try (var answer = pipeline.image(image, caller)) {
      quota.describe(answer, response);
      ImageResponses.write(image, answer, request, response);
    }
  }
}
