package dev.nectar.automatic1111;

import dev.nectar.generation.Caller;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.http.answer.RequestBody;
import dev.nectar.http.answer.StagedPictures;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.image.StagingArea;
import dev.nectar.web.Access;
import dev.nectar.web.HostedImages;
import dev.nectar.web.ImageAnswers;
import dev.nectar.web.QueryParameters;
import dev.nectar.web.RateLimits;
import dev.nectar.web.RawRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.JsonNode;

/** Paints as Automatic1111's web UI does. */
@Controller
class PaintingController {

  private final Access access;
  private final RateLimits rateLimits;
  private final GenerationPipeline pipeline;
  private final HostedImages hosted;
  private final Checkpoints checkpoints;
  private final StagingArea staging;
  private final RandomGenerator random;

  PaintingController(
      Access access,
      RateLimits rateLimits,
      GenerationPipeline pipeline,
      HostedImages hosted,
      Checkpoints checkpoints,
      StagingArea staging,
      RandomGenerator random) {
    this.access = access;
    this.rateLimits = rateLimits;
    this.pipeline = pipeline;
    this.hosted = hosted;
    this.checkpoints = checkpoints;
    this.staging = staging;
    this.random = random;
  }

  @PostMapping("/sdapi/v1/txt2img")
  void fromText(HttpServletRequest request, HttpServletResponse response) throws IOException {
    paint(body(request), request, response);
  }

  @PostMapping("/sdapi/v1/img2img")
  void fromPictures(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var body = body(request);
    takeInputs(body);
    paint(body, request, response);
  }

  /** No back end paints from pictures. */
  private static void takeInputs(JsonNode body) {
    throw new InvalidImageRequestException(
        "init_images",
        body.path("init_images").isEmpty()
            ? "The parameter 'init_images' names no picture."
            : "Pictures as input are not taken, only a prompt.");
  }

  private JsonNode body(HttpServletRequest request) throws IOException {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
    try (var pictures = new StagedPictures(null)) {
      return RequestBody.read(request.getInputStream(), pictures, staging.maxImageBytes());
    }
  }

  private void paint(JsonNode body, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var order = PaintingOrder.of(body, checkpoints.chosen(request), random);
    var quota = rateLimits.quota(request);
    var caller = new Caller(RawRequest.id(request), quota, RawRequest.presence(request));
    try (var answers =
            ImageAnswers.of(order.images(), true, pipeline.together(order.images(), caller));
        var paintings = new Paintings()) {
      answers.each().forEach(each -> quota.describe(each.answer(), response));
      answers.tellCost(response);
      for (var i = 0; i < order.images().size(); i++) {
        paintings.add(order.images().get(i), answers.each().get(i), hosted);
      }
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      paintings.writeTo(response.getOutputStream());
    }
  }
}
