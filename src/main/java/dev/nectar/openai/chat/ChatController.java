package dev.nectar.openai.chat;

import dev.nectar.generation.Caller;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.generation.SharedInputs;
import dev.nectar.http.answer.RequestBody;
import dev.nectar.http.answer.StagedPictures;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.openai.OpenAiPictures;
import dev.nectar.openai.UnnamedSeeds;
import dev.nectar.web.Access;
import dev.nectar.web.AwaitedAnswers;
import dev.nectar.web.ImageAnswers;
import dev.nectar.web.ImageLinks;
import dev.nectar.web.InputPictures;
import dev.nectar.web.ProblemResponses;
import dev.nectar.web.QueryParameters;
import dev.nectar.web.RateLimits;
import dev.nectar.web.RawRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PostMapping;

/** OpenAI's chat API, for clients that take Nectar for a model. */
@Controller
class ChatController {

  private static final Logger log = LoggerFactory.getLogger(ChatController.class);

  /** What fails at once fails with its status, before a stream is begun. */
  private static final Duration BEFORE_STREAM = Duration.ofSeconds(1);

  /** Proxies cut what is silent for a minute, some for half a minute. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** In the place of a model that was not asked for. */
  private static final String MODEL = "nectar";

  private final Access access;
  private final RateLimits rateLimits;
  private final GenerationPipeline pipeline;
  private final Replies replies;
  private final UnnamedSeeds seeds;
  private final InputPictures inputs;
  private final StagingArea staging;
  private final RandomGenerator random;
  private final InstantSource clock;

  ChatController(
      Access access,
      RateLimits rateLimits,
      GenerationPipeline pipeline,
      ImageLinks links,
      UnnamedSeeds seeds,
      InputPictures inputs,
      StagingArea staging,
      RandomGenerator random,
      InstantSource clock) {
    this.access = access;
    this.rateLimits = rateLimits;
    this.pipeline = pipeline;
    this.replies = new Replies(links);
    this.seeds = seeds;
    this.inputs = inputs;
    this.staging = staging;
    this.random = random;
    this.clock = clock;
  }

  @PostMapping("/v1/chat/completions")
  void complete(HttpServletRequest request, HttpServletResponse response) throws IOException {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
    ChatOrder wanted;
    InputPictures.Given given;
    try (var staged = new StagedPictures(staging)) {
      var body = RequestBody.read(request.getInputStream(), staged, staging.maxImageBytes());
      wanted = ChatOrder.of(body, RawRequest.model(request), random);
      given = given(wanted, staged, request);
    }
    try (var shared = given.share(wanted.count())) {
      complete(wanted.from(given.inputs()), shared, request, response);
    }
  }

  /** A conversation can go on when a picture of its past is gone. */
  private InputPictures.Given given(
      ChatOrder wanted, StagedPictures staged, HttpServletRequest request) throws IOException {
    var pictures = Collections.nCopies(wanted.count(), wanted.first());
    var named = inputs.toMake(pictures, OpenAiPictures::problem);
    try {
      return named.of(wanted.inputs().images(), null, staged, request);
    } catch (ErrorResponseException e) {
      if (wanted.inputs().attached()) {
        throw e;
      }
      log.debug("What was painted before can't be painted from: {}", e.getMessage());
      return InputPictures.Given.NOTHING;
    }
  }

  private void complete(
      ChatOrder wanted,
      SharedInputs shared,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var asker = RawRequest.presence(request);
    var quota = rateLimits.quota(request);
    var caller = new Caller(RawRequest.id(request), quota, asker).bringing(shared);
    var completion =
        new Completion(
            "chatcmpl-" + caller.requestId(),
            clock.instant().getEpochSecond(),
            Objects.requireNonNullElse(wanted.first().model(), MODEL));
    try (var order =
        wanted.seedNamed()
            ? seeds.named(wanted.first(), wanted.count(), asker)
            : seeds.order(wanted.first(), wanted.count(), asker)) {
      if (wanted.streamed()) {
        stream(order, wanted.usageTold(), caller, completion, quota, request, response);
      } else {
        answer(order, caller, completion, quota, request, response);
      }
      if (asker.isHere()) {
        order.answered();
      }
    }
  }

  private void answer(
      UnnamedSeeds.Order order,
      Caller caller,
      Completion completion,
      RateLimits.Quota quota,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    try (var answers = ask(order, caller)) {
      describe(answers, quota, response);
      var told = replies.of(order.pictures(), answers, request);
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      completion.write(told, response.getOutputStream());
    }
  }

  private ImageAnswers ask(UnnamedSeeds.Order order, Caller caller) {
    return ImageAnswers.of(order.pictures(), false, pipeline.together(order.pictures(), caller));
  }

  private static void describe(
      ImageAnswers answers, RateLimits.Quota quota, HttpServletResponse response) {
    answers.each().forEach(each -> quota.describe(each.answer(), response));
    answers.tellCost(response);
  }

  private void stream(
      UnnamedSeeds.Order order,
      boolean withUsage,
      Caller caller,
      Completion completion,
      RateLimits.Quota quota,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var pictures = order.pictures();
    try (var awaited = AwaitedAnswers.of(() -> ask(order, caller))) {
      var soon = awaited.in(BEFORE_STREAM);
      if (soon.isPresent()) {
        describe(soon.get(), quota, response);
        var told = replies.of(pictures, soon.get(), request);
        CompletionStream.open(completion, told.size(), response).end(told, withUsage);
        return;
      }
      var stream = CompletionStream.open(completion, pictures.size(), response);
      try {
        var answers = awaited.await(HEARTBEAT, stream::heartbeat);
        stream.end(replies.of(pictures, answers, request), withUsage);
      } catch (ErrorResponseException e) {
        stream.fail(e.getBody());
      } catch (RuntimeException e) {
        log.error("The generation for request {} broke off.", caller.requestId(), e);
        stream.fail(ProblemResponses.fault());
      }
    }
  }
}
