package dev.nectar.automatic1111;

import dev.nectar.generation.Caller;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.generation.SharedInputs;
import dev.nectar.http.answer.RequestBody;
import dev.nectar.http.answer.StagedPictures;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.web.Access;
import dev.nectar.web.HostedImages;
import dev.nectar.web.ImageAnswers;
import dev.nectar.web.InputPictures;
import dev.nectar.web.Problem;
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
  private final InputPictures inputs;
  private final StagingArea staging;
  private final RandomGenerator random;

  PaintingController(
      Access access,
      RateLimits rateLimits,
      GenerationPipeline pipeline,
      HostedImages hosted,
      Checkpoints checkpoints,
      InputPictures inputs,
      StagingArea staging,
      RandomGenerator random) {
    this.access = access;
    this.rateLimits = rateLimits;
    this.pipeline = pipeline;
    this.hosted = hosted;
    this.checkpoints = checkpoints;
    this.inputs = inputs;
    this.staging = staging;
    this.random = random;
  }

  @PostMapping("/sdapi/v1/txt2img")
  void fromText(HttpServletRequest request, HttpServletResponse response) throws IOException {
    PaintingOrder order;
    try (var pictures = new StagedPictures(null)) {
      order = order(body(pictures, request), request);
    }
    paint(order, SharedInputs.none(), request, response);
  }

  @PostMapping("/sdapi/v1/img2img")
  void fromPictures(HttpServletRequest request, HttpServletResponse response) throws IOException {
    PaintingOrder order;
    InputPictures.Given given;
    try (var pictures = new StagedPictures(staging)) {
      var body = body(pictures, request);
      order = order(body, request);
      given =
          inputs
              .toMake(order.images(), Problem::of)
              .of(PaintingOrder.inputs(body), PaintingOrder.mask(body), pictures, request);
    }
    try (var shared = given.share(order.images().size())) {
      paint(order.from(given.inputs()), shared, request, response);
    }
  }

  private JsonNode body(StagedPictures pictures, HttpServletRequest request) throws IOException {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
    return RequestBody.read(request.getInputStream(), pictures, staging.maxImageBytes());
  }

  private PaintingOrder order(JsonNode body, HttpServletRequest request) {
    return PaintingOrder.of(body, checkpoints.chosen(request), random);
  }

  private void paint(
      PaintingOrder order,
      SharedInputs shared,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var quota = rateLimits.quota(request);
    var caller =
        new Caller(RawRequest.id(request), quota, RawRequest.presence(request)).bringing(shared);
    try (var answers =
            ImageAnswers.of(order.images(), true, pipeline.together(order.images(), caller));
        var paintings = new Paintings()) {
      answers.each().forEach(each -> quota.describe(each.answer(), response));
      answers.tellCost(response);
      for (var i = 0; i < order.images().size(); i++) {
        if (answers.isTold(i)) {
          paintings.add(order.images().get(i), answers.each().get(i), hosted);
        }
      }
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      paintings.writeTo(response.getOutputStream());
    }
  }
}
