package dev.nectar.openai;

import dev.nectar.generation.Caller;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.http.JsonObjectBody;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.web.Access;
import dev.nectar.web.ImageAnswers;
import dev.nectar.web.ImageLinks;
import dev.nectar.web.Problem;
import dev.nectar.web.QueryParameters;
import dev.nectar.web.RateLimits;
import dev.nectar.web.RawRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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
  private final UnnamedSeeds seeds;
  private final RandomGenerator random;
  private final InstantSource clock;

  OpenAiController(
      Access access,
      RateLimits rateLimits,
      GenerationPipeline pipeline,
      ImageLinks links,
      OpenAiPictures pictures,
      UnnamedSeeds seeds,
      RandomGenerator random,
      InstantSource clock) {
    this.access = access;
    this.rateLimits = rateLimits;
    this.pipeline = pipeline;
    this.links = links;
    this.pictures = pictures;
    this.seeds = seeds;
    this.random = random;
    this.clock = clock;
  }

  @PostMapping(path = "/v1/images/generations", consumes = MediaType.APPLICATION_JSON_VALUE)
  void generate(HttpServletRequest request, HttpServletResponse response) throws IOException {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
    var body = JsonObjectBody.read(request.getInputStream());
    var wanted = ImagesOrder.of(body, RawRequest.model(request), random);
    if (wanted.form() == ResponseForm.LINK && !links.areOn()) {
      throw new InvalidImageRequestException(
          "response_format", "Links are signed, and URL_SIGNING_KEYS is off here.");
    }
    var asker = RawRequest.presence(request);
    var quota = rateLimits.quota(request);
    var caller = new Caller(RawRequest.id(request), quota, asker);
    try (var order =
        wanted.seedNamed()
            ? seeds.named(wanted.first(), wanted.count(), asker)
            : seeds.order(wanted.first(), wanted.count(), asker)) {
      if (wanted.streamed()) {
        stream(wanted, order, caller, quota, response);
      } else {
        var told = pictures.links(order.pictures(), wanted.form(), request);
        answer(wanted, order, told, caller, quota, response);
      }
    }
  }

  private void answer(
      ImagesOrder wanted,
      UnnamedSeeds.Order order,
      List<@Nullable String> told,
      Caller caller,
      RateLimits.Quota quota,
      HttpServletResponse response)
      throws IOException {
    var form = wanted.form();
    try (var answers =
            ImageAnswers.of(
                order.pictures(), form.hasBytes(), pipeline.together(order.pictures(), caller));
        var answer = new ImagesAnswer(clock.instant().getEpochSecond(), wanted.first())) {
      answers.each().forEach(each -> quota.describe(each.answer(), response));
    answers.tellCost(response);
      for (var i = 0; i < answers.each().size(); i++) {
        answer.add(pictures.open(answers.each().get(i), form, told.get(i)));
      }
      var isHere = caller.presence().isHere();
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      answer.writeTo(response.getOutputStream());
      if (isHere) {
        order.answered();
      }
    }
  }

  private void stream(
      ImagesOrder wanted,
      UnnamedSeeds.Order order,
      Caller caller,
      RateLimits.Quota quota,
      HttpServletResponse response)
      throws IOException {
    var begun = ImageAnswers.begin(order.pictures(), true, pipeline.together(order.pictures(), caller));
    try (var stream = new ImagesStream(wanted.first(), begun, caller.presence(), response, clock)) {
      var isTold =
          stream.write(
              ImagesStream.HEARTBEAT,
              each -> {
                quota.describe(each.answer(), response);
                return pictures.open(each, ResponseForm.BYTES, null);
              });
      if (isTold) {
        order.answered();
      }
    }
  }

  /** Some clients try it out. */
  @PostMapping("/v1/images/variations")
  void vary(HttpServletRequest request) {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
    throw Problem.NOT_OFFERED.because(
        "There are no variations here; /v1/images/generations makes images from a prompt.");
  }
}
