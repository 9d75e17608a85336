package dev.nectar.openai;

import dev.nectar.generation.Caller;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.http.JsonObjectBody;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.web.Access;
import dev.nectar.web.ImageAnswers;
import dev.nectar.web.ImageLinks;
import dev.nectar.web.QueryParameters;
import dev.nectar.web.RateLimits;
import dev.nectar.web.RawRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** OpenAI's images API, for clients that speak it. */
@Controller
class OpenAiController {

  private final Access access;
  private final RateLimits rateLimits;
  private final GenerationPipeline pipeline;
  private final ImageLinks links;
  private final OpenAiPictures pictures;
  private final RandomGenerator random;
  private final InstantSource clock;

  OpenAiController(
      Access access,
      RateLimits rateLimits,
      GenerationPipeline pipeline,
      ImageLinks links,
      OpenAiPictures pictures,
      RandomGenerator random,
      InstantSource clock) {
    this.access = access;
    this.rateLimits = rateLimits;
    this.pipeline = pipeline;
    this.links = links;
    this.pictures = pictures;
    this.random = random;
    this.clock = clock;
  }

  @PostMapping(path = "/v1/images/generations", consumes = MediaType.APPLICATION_JSON_VALUE)
  void generate(HttpServletRequest request, HttpServletResponse response) throws IOException {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
    var order = ImagesOrder.of(JsonObjectBody.read(request.getInputStream()), random);
    if (order.linked() && !links.areOn()) {
      throw new InvalidImageRequestException(
          "response_format", "Links are signed, and URL_SIGNING_KEYS is off here.");
    }
    var quota = rateLimits.quota(request);
    var caller = new Caller(RawRequest.id(request), quota, RawRequest.presence(request));
    try (var answers =
            ImageAnswers.of(
                order.images(), !order.linked(), image -> pipeline.image(image, caller));
        var answer =
            new ImagesAnswer(clock.instant().getEpochSecond(), order.images().getFirst())) {
      answers.each().forEach(each -> quota.describe(each.answer(), response));
      fill(answer, order, answers, request);
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      answer.writeTo(response.getOutputStream());
    }
  }

  private void fill(
      ImagesAnswer answer, ImagesOrder order, ImageAnswers answers, HttpServletRequest request)
      throws IOException {
    for (var i = 0; i < order.images().size(); i++) {
      var each = answers.each().get(i);
      if (order.linked()) {
        pictures.addLink(order.images().get(i), each.answer().result(), answer, request);
      } else {
        pictures.addInline(each, answer);
      }
    }
  }
}
