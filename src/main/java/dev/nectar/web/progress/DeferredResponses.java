package dev.nectar.web.progress;

import dev.nectar.generation.Caller;
import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.generation.Presence;
import dev.nectar.image.ImageRequest;
import dev.nectar.web.Access;
import dev.nectar.web.Deferral;
import dev.nectar.web.ImageLinks;
import dev.nectar.web.ProblemPicture;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Answers 202 while an image is made, and tells where to ask for it again. */
final class DeferredResponses implements Deferral {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String RETRY_SECONDS = "2";

  /** Who follows a link that a 202 told prefers nothing by itself; it is kept this long. */
  private static final Preference FOLLOWING = new Preference(Duration.ofSeconds(5), "");

  /** A longer one does not fit into the head of an answer. */
  private static final int MAX_LOCATION_LENGTH = 4_000;

  private final Jobs jobs;
  private final Function<ImageRequest, Optional<ImageAnswer>> kept;
  private final BiFunction<ImageRequest, Caller, ImageAnswer> generation;
  private final ImageLinks links;

  /**
   * @param kept an image that its asker was told of, which counts as no hit
   */
  DeferredResponses(
      Jobs jobs,
      Function<ImageRequest, Optional<ImageAnswer>> kept,
      BiFunction<ImageRequest, Caller, ImageAnswer> generation,
      ImageLinks links) {
    this.jobs = jobs;
    this.kept = kept;
    this.generation = generation;
    this.links = links;
  }

  @Override
  public boolean isWanted(ImageRequest image, Access.Pass pass, HttpServletRequest request) {
    return Preference.of(request).isPresent()
        || (pass instanceof Access.ByLink && !ProblemPicture.isWanted(request) && jobs.know(image));
  }

  @Override
  public Optional<ImageAnswer> answer(
      ImageRequest image,
      Caller caller,
      Access.Pass pass,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var preference = Preference.of(request).orElse(FOLLOWING);
    var joined = jobs.join(image, caller);
    if (joined.isEmpty()) {
      return kept.apply(image).or(() -> Optional.of(generation.apply(image, caller)));
    }
    var job = joined.get();
    var end = await(job, preference.patience(), caller.presence());
    if (end.isPresent()) {
      jobs.forgetKept(image);
      var answer = end.get();
      if (answer.result().isOfBeginner()) {
        job.leave();
        return Optional.of(generation.apply(image, caller));
      }
      var better =
          answer.result() instanceof GenerationResult.NoImage
              ? madeSince(image)
              : Optional.<ImageAnswer>empty();
      var result = better.orElse(answer);
      return Optional.of(new ImageAnswer(result.result(), result.cacheUse(), job::leave));
    }
    try {
      tell(job, url(image, pass, request), preference, response);
    } finally {
      job.leave();
    }
    return Optional.empty();
  }

  /** Somebody else may have had more luck. */
  private Optional<ImageAnswer> madeSince(ImageRequest image) {
    return kept.apply(image)
        .filter(answer -> !(answer.result() instanceof GenerationResult.NoImage));
  }

  private static Optional<ImageAnswer> await(Job job, Duration wait, Presence presence) {
    try {
      return job.await(wait, presence);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private String url(ImageRequest image, Access.Pass pass, HttpServletRequest request) {
    return switch (pass) {
      case Access.ByKey _ -> links.forKeyHolder(image, request);
      case Access.ByLink _ -> links.again(request);
    };
  }

  private static void tell(Job job, String url, Preference preference, HttpServletResponse response)
      throws IOException {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("id", job.id());
    body.put("status", job.status());
    body.put("url", url);
    body.put("error", null);
    if (!preference.applied().isEmpty()) {
      response.setHeader("Preference-Applied", preference.applied());
    }
    if (url.length() <= MAX_LOCATION_LENGTH) {
      response.setHeader(HttpHeaders.LOCATION, url);
    }
    response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    response.setStatus(HttpServletResponse.SC_ACCEPTED);
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.getOutputStream().write(JSON.writeValueAsBytes(body));
  }
}
