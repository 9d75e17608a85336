package dev.nectar.web.prompt;

import dev.nectar.generation.Caller;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.generation.SharedInputs;
import dev.nectar.http.JsonObjectBody;
import dev.nectar.image.ImageRequest;
import dev.nectar.observe.Waiting;
import dev.nectar.web.Access;
import dev.nectar.web.AnswerForm;
import dev.nectar.web.Deferral;
import dev.nectar.web.EntityTag;
import dev.nectar.web.InputPictures;
import dev.nectar.web.PercentText;
import dev.nectar.web.Problem;
import dev.nectar.web.QueryParameters;
import dev.nectar.web.RateLimits;
import dev.nectar.web.RawRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** Answers prompts with images. */
@Controller
class PromptController {

  private final Access access;
  private final RateLimits rateLimits;
  private final GenerationPipeline pipeline;
  private final List<AnswerForm> forms;
  private final Deferral deferral;
  private final InputPictures inputs;
  private final RandomGenerator random;

  PromptController(
      Access access,
      RateLimits rateLimits,
      GenerationPipeline pipeline,
      List<AnswerForm> forms,
      Deferral deferral,
      InputPictures inputs,
      RandomGenerator random) {
    this.access = access;
    this.rateLimits = rateLimits;
    this.pipeline = pipeline;
    this.forms = forms;
    this.deferral = deferral;
    this.inputs = inputs;
    this.random = random;
  }

  /** {@code GET /prompt/{description}} or {@code /prompt?prompt=…}. */
  @GetMapping({"/prompt", "/image", "/p"})
  void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var parameters = new QueryParameters(request.getQueryString());
    var pass = access.check(request, parameters);
    var inPath = RawRequest.prompt(request);
    var prompt = inPath.isEmpty() ? parameters.get("prompt") : PercentText.decode(inPath);
    answer(prompt, parameters::get, pass, request, response);
  }

  @PostMapping({"/prompt", "/image", "/p"})
  void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
    var body = JsonObjectBody.read(request.getInputStream());
    var prompt = ImageRequest.text(body::get, "prompt");
    answer(prompt, body::get, new Access.ByKey(), request, response);
  }

  /** The same with pictures as files. */
  @PostMapping(
      path = {"/prompt", "/image", "/p"},
      consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  void postForm(HttpServletRequest request, HttpServletResponse response) throws IOException {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
    try (var form = inputs.form(request)) {
      var texts = form.texts();
      var plain = ImageRequest.of(ImageRequest.text(texts::get, "prompt"), texts::get, random);
      var given = form.take(List.of(plain), Problem::of);
      answer(plain, given, texts::get, new Access.ByKey(), request, response);
    }
  }

  private void answer(
      @Nullable String prompt,
      Function<String, ? extends @Nullable Object> parameters,
      Access.Pass pass,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var plain = ImageRequest.of(prompt, parameters, random);
    var given = inputs.toMake(List.of(plain), Problem::of).named(parameters, request);
    answer(plain, given, parameters, pass, request, response);
  }

  private void answer(
      ImageRequest plain,
      InputPictures.Given given,
      Function<String, ? extends @Nullable Object> parameters,
      Access.Pass pass,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    try (var shared = given.share(1)) {
      answer(plain.withInputs(given.inputs()), shared, parameters, pass, request, response);
    }
  }

  private void answer(
      ImageRequest image,
      SharedInputs shared,
      Function<String, ? extends @Nullable Object> parameters,
      Access.Pass pass,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var quota = rateLimits.quota(request);
    var known =
        new Caller(RawRequest.id(request), quota, RawRequest.presence(request)).bringing(shared);
    var anew = pass instanceof Access.ByKey && wantsNew(parameters);
    var caller = anew ? known.wantingNew() : known;
    if (!pipeline.opens(image, caller)) {
      throw Problem.of(new GenerationResult.ModelNotAllowed());
    }
    var form = forms.stream().filter(each -> each.isWanted(request)).findFirst();
    var deferred = form.isEmpty() && deferral.isWanted(image, pass, request);
    if (form.isPresent() || deferred) {
      Waiting.begin();
    }
    if (form.isPresent()) {
      form.get().write(image, caller, pass, request, response);
      return;
    }
    var made =
        deferred
            ? deferral.answer(image, caller, pass, request, response)
            : Optional.of(answer(image, caller, request));
    if (made.isEmpty()) {
      return;
    }
    try (var answer = made.get()) {
      quota.describe(answer, response);
      var caching = Caching.of(pass, image.seedDrawn() || anew);
      ImageResponses.write(image, answer, caching, request, response);
      RawRequest.wasAtHand(request, answer.isAtHand() && image.inputs().isEmpty());
    }
  }

  /**
   * Whoever names an ETag was told of that very image by an answer that was counted, and wants no
   * other; nothing is made for it and nothing counted.
   */
  private ImageAnswer answer(ImageRequest image, Caller caller, HttpServletRequest request) {
    var told = request.getHeader(HttpHeaders.IF_MATCH);
    if (told == null) {
      return pipeline.image(image, caller);
    }
    var kept = pipeline.kept(image);
    if (kept.isPresent() && isToldOf(kept.get().result(), told)) {
      return kept.get();
    }
    kept.ifPresent(ImageAnswer::close);
    throw Problem.NOT_THAT_IMAGE.because("The image is not kept, or it is another one by now.");
  }

  private static boolean isToldOf(GenerationResult result, String told) {
    return switch (result) {
      case GenerationResult.Stored(var entry) -> EntityTag.isMet(told, entry.sha256());
      case GenerationResult.Hosted _ -> true;
      case GenerationResult.Made _, GenerationResult.NoImage _ -> false;
    };
  }

  /** Pollinations' word for it. */
  private static boolean wantsNew(Function<String, ? extends @Nullable Object> parameters) {
    return "true".equalsIgnoreCase(String.valueOf(parameters.apply("no-cache")));
  }
}
