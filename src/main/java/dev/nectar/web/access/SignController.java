package dev.nectar.web.access;

import dev.nectar.http.JsonObjectBody;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.image.RequestInputs;
import dev.nectar.web.Access;
import dev.nectar.web.Problem;
import dev.nectar.web.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signs links for pages that may not know the key. */
@RestController
class SignController {

  private static final long MAX_SECONDS = 999_999_999_999L;

  private final Access access;
  private final SignedLinks links;
  private final RandomGenerator random;
  private final InstantSource clock;

  SignController(Access access, SignedLinks links, RandomGenerator random, InstantSource clock) {
    this.access = access;
    this.links = links;
    this.random = random;
    this.clock = clock;
  }

  @PostMapping("/sign")
  ResponseEntity<Map<String, Object>> sign(HttpServletRequest request) throws IOException {
    access.checkKey(request, new QueryParameters(request.getQueryString()));
    if (!links.areOn()) {
      throw Problem.SIGNING_OFF.because("Signed URLs are off: URL_SIGNING_KEYS says so.");
    }
    var body = JsonObjectBody.read(request.getInputStream());
    var image = ImageRequest.of(ImageRequest.text(body::get, "prompt"), body::get, random);
    var expiry = expiry(body);
    var url = links.to(image, given(body), expiry, request);
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(
            expiry == null
                ? Map.of("url", url)
                : Map.of("url", url, "expires", expiry.getEpochSecond()));
  }

  /** Pictures that it is to be made from, as whoever opens the link is to bring them along. */
  private static Map<String, String> given(Map<String, @Nullable Object> body) {
    var given = new LinkedHashMap<String, String>();
    for (var name : List.of(RequestInputs.IMAGE, RequestInputs.MASK)) {
      var value =
          body.get(name) instanceof List<?> list
              ? list.stream().map(String::valueOf).collect(Collectors.joining("|"))
              : ImageRequest.text(body::get, name);
      if (value != null && !value.isBlank()) {
        given.put(name, value);
      }
    }
    return given;
  }

  private @Nullable Instant expiry(Map<String, @Nullable Object> body) {
    var end = seconds(body, SignedLinks.EXPIRY);
    var left = seconds(body, "expiresIn");
    if (end != null && left != null) {
      throw new InvalidImageRequestException("exp", "Give either 'exp' or 'expiresIn'.");
    }
    if (left != null) {
      return clock.instant().plusSeconds(left);
    }
    return end == null ? null : Instant.ofEpochSecond(end);
  }

  private static @Nullable Long seconds(Map<String, @Nullable Object> body, String name) {
    return switch (body.get(name)) {
      case null -> null;
      case Integer seconds when seconds > 0 -> seconds.longValue();
      case Long seconds when seconds > 0 && seconds <= MAX_SECONDS -> seconds;
      default ->
          throw new InvalidImageRequestException(
              name, "The parameter '%s' must be a whole number of seconds.".formatted(name));
    };
  }
}
