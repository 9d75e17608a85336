package dev.nectar.web.input;

import dev.nectar.generation.Caller;
import dev.nectar.generation.GenerationPipeline;
import dev.nectar.generation.GenerationResult;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.web.Access;
import dev.nectar.web.HostedImages;
import dev.nectar.web.ImageLinks;
import dev.nectar.web.InputPictures;
import dev.nectar.web.PercentText;
import dev.nectar.web.Problem;
import dev.nectar.web.QueryParameters;
import dev.nectar.web.RateLimits;
import dev.nectar.web.RawRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pictures that this server made itself; its own links are never fetched. */
final class OwnPictures {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final Pattern TARGET =
      Pattern.compile("(?<path>/[a-z]+)(?:/(?<prompt>[^?]*))?(?:\\?(?<query>.*))?");

  private final Access access;
  private final ImageLinks links;
  private final GenerationPipeline pipeline;
  private final HostedImages hosted;
  private final RateLimits rateLimits;
  private final StagingArea staging;
  private final RandomGenerator random;

  OwnPictures(
      Access access,
      ImageLinks links,
      GenerationPipeline pipeline,
      HostedImages hosted,
      RateLimits rateLimits,
      StagingArea staging,
      RandomGenerator random) {
    this.access = access;
    this.links = links;
    this.pipeline = pipeline;
    this.hosted = hosted;
    this.rateLimits = rateLimits;
    this.staging = staging;
    this.random = random;
  }

  /** Takes in what a link's parameters name in turn. */
  interface Nested {
    InputPictures.Given given(
        Function<String, @Nullable String> parameters, HttpServletRequest request)
        throws IOException;
  }

  void checkModel(Wanted wanted, HttpServletRequest request) {
    wanted.checkModel(pipeline, caller(request));
  }

  /**
   * A copy of the picture that one of our links leads to, made if need be; empty if the URL is
   * none.
   */
  Optional<Supplier<StagedImage>> find(
      URI url, String parameter, Wanted wanted, HttpServletRequest request, Nested nested) {
    return links
        .target(url.toString(), request)
        .map(target -> copying(target, parameter, wanted, request, nested));
  }

  private Caller caller(HttpServletRequest request) {
    return new Caller(
        RawRequest.id(request), rateLimits.quota(request), RawRequest.presence(request));
  }

  private Supplier<StagedImage> copying(
      String target, String parameter, Wanted wanted, HttpServletRequest request, Nested nested) {
    var parts = TARGET.matcher(target);
    if (!parts.matches()) {
      throw InputFaults.malformed(parameter);
    }
    var parameters = new QueryParameters(parts.group("query"));
    var inPath = Objects.requireNonNullElse(parts.group("prompt"), "");
    var opening = access.opening(parts.group("path"), inPath, parameters, request);
    var prompt = inPath.isEmpty() ? parameters.get("prompt") : PercentText.decode(inPath);
    var plain = ImageRequest.of(prompt, parameters::get, random);
    var given = given(parameters, parameter, opening, nested);
    var image = plain.withInputs(given.inputs());
    return () -> {
      try (var shared = given.share(1)) {
        var payer = caller(opening).bringing(shared);
        if (pipeline.kept(image).isEmpty()) {
          wanted.checkBudget(pipeline, caller(request), image, payer);
        }
        return copy(image, payer, parameter);
      }
    };
  }

  private static InputPictures.Given given(
      QueryParameters parameters, String parameter, HttpServletRequest opening, Nested nested) {
    try {
      return nested.given(parameters::get, opening);
    } catch (IOException e) {
      throw InputFaults.of(e, Problem.DOWNLOAD_FAILED, parameter);
    }
  }

  private StagedImage copy(ImageRequest image, Caller caller, String parameter) {
    try (var answer = pipeline.image(image, caller)) {
      return switch (answer.result()) {
        case GenerationResult.Stored(var entry) -> {
          try (var bytes = Files.newInputStream(entry.file())) {
            yield staging.stage(bytes);
          }
        }
        case GenerationResult.Made(var staged, _, _) -> {
          try (var bytes = staged.open()) {
            yield staging.stage(bytes);
          }
        }
        case GenerationResult.Hosted(var entry) -> hosted.fetch(entry, TIMEOUT);
        case GenerationResult.NoImage _ ->
            throw Problem.DOWNLOAD_FAILED.because(
                parameter, "An input picture is not kept here any more.");
      };
    } catch (IOException e) {
      throw InputFaults.of(e, Problem.DOWNLOAD_FAILED, parameter);
    }
  }
}
