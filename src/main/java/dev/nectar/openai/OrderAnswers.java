package dev.nectar.openai;

import dev.nectar.generation.Caller;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.generation.SharedInputs;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.web.Deferral;
import dev.nectar.web.ImageAnswers;
import dev.nectar.web.ImageLinks;
import dev.nectar.web.Problem;
import dev.nectar.web.RateLimits;
import dev.nectar.web.RawRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Has orders made, and answers them. */
final class OrderAnswers {

  private final RateLimits rateLimits;
  private final GenerationPipeline pipeline;
  private final ImageLinks links;
  private final OpenAiPictures pictures;
  private final UnnamedSeeds seeds;
  private final Deferral deferral;
  private final DeferredOrders deferred;
  private final InstantSource clock;

  OrderAnswers(
      RateLimits rateLimits,
      GenerationPipeline pipeline,
      ImageLinks links,
      OpenAiPictures pictures,
      UnnamedSeeds seeds,
      Deferral deferral,
      DeferredOrders deferred,
      InstantSource clock) {
    this.rateLimits = rateLimits;
    this.pipeline = pipeline;
    this.links = links;
    this.pictures = pictures;
    this.seeds = seeds;
    this.deferral = deferral;
    this.deferred = deferred;
    this.clock = clock;
  }

  /**
   * Whether its answer can be given in the form in which it is wanted.
   *
   * @throws InvalidImageRequestException if not
   */
  void check(ImagesOrder wanted) {
    if (wanted.form() == ResponseForm.LINK && !links.areOn()) {
      throw new InvalidImageRequestException(
          "response_format", "Links are signed, and URL_SIGNING_KEYS is off here.");
    }
  }

  /**
   * Has an order made.
   *
   * @param inputs what it is made from; left to the caller to close
   */
  void make(
      ImagesOrder wanted,
      SharedInputs inputs,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var asker = RawRequest.presence(request);
    var quota = rateLimits.quota(request);
    var caller = new Caller(RawRequest.id(request), quota, asker).bringing(inputs);
    if (!pipeline.opens(wanted.first(), caller)) {
      throw Problem.of(new GenerationResult.ModelNotAllowed());
    }
    try (var order =
        wanted.seedNamed()
            ? seeds.named(wanted.first(), wanted.count(), asker)
            : seeds.order(wanted.first(), wanted.count(), asker)) {
      if (fulfil(wanted, order.pictures(), caller, quota, request, response)) {
        order.answered();
      }
    }
  }

  /** Whether the client has its answer, or knows where to ask for it. */
  private boolean fulfil(
      ImagesOrder wanted,
      List<ImageRequest> images,
      Caller caller,
      RateLimits.Quota quota,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (wanted.streamed()) {
      return stream(wanted, images, caller, quota, response);
    }
    var told = pictures.links(images, wanted.form(), request);
    if (deferral.isWanted(request)) {
      // A client may give several requests one id.
      var id = UUID.randomUUID().toString();
      deferred.put(id, wanted, images);
      answerLater(id, wanted, images, caller, quota, request, response);
      return true;
    }
    return answer(wanted, images, told, pipeline.together(images, caller), caller, quota, response);
  }

  /** Answers who comes again for an order that was not waited for. */
  void again(String id, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var known =
        deferred
            .find(id)
            .orElseThrow(() -> Problem.NOT_OFFERED.because("There is no such order any more."));
    var quota = rateLimits.quota(request);
    var caller = new Caller(RawRequest.id(request), quota, RawRequest.presence(request));
    answerLater(id, known.order(), known.pictures(), caller, quota, request, response);
  }

  private void answerLater(
      String id,
      ImagesOrder wanted,
      List<ImageRequest> images,
      Caller caller,
      RateLimits.Quota quota,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var ended = deferral.answers(images, caller, id, DeferredOrders.PLACE + id, request, response);
    if (ended.isPresent()) {
      var told = pictures.links(images, wanted.form(), request);
      var _ = answer(wanted, images, told, ended.get(), caller, quota, response);
    }
  }

  /** Whether the client was there to be answered. */
  private boolean answer(
      ImagesOrder wanted,
      List<ImageRequest> images,
      List<@Nullable String> told,
      Function<ImageRequest, ImageAnswer> source,
      Caller caller,
      RateLimits.Quota quota,
      HttpServletResponse response)
      throws IOException {
    var form = wanted.form();
    try (var answers = ImageAnswers.of(images, form.hasBytes(), source);
        var answer = new ImagesAnswer(clock.instant().getEpochSecond(), wanted.first())) {
      answers.each().forEach(each -> quota.describe(each.answer(), response));
      answers.tellCost(response);
      for (var i = 0; i < answers.each().size(); i++) {
        if (answers.isTold(i)) {
          answer.add(pictures.open(answers.each().get(i), form, told.get(i)));
        }
      }
      var isHere = caller.presence().isHere();
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      answer.writeTo(response.getOutputStream());
      return isHere;
    }
  }

  private boolean stream(
      ImagesOrder wanted,
      List<ImageRequest> images,
      Caller caller,
      RateLimits.Quota quota,
      HttpServletResponse response)
      throws IOException {
    var begun = ImageAnswers.begin(images, true, pipeline.together(images, caller));
    try (var stream = new ImagesStream(wanted, begun, caller.presence(), response, clock)) {
      return stream.write(
          ImagesStream.HEARTBEAT,
          each -> {
            quota.describe(each.answer(), response);
            return pictures.open(each, ResponseForm.BYTES, null);
          });
    }
  }
}
