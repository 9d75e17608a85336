package dev.nectar.web.access;

import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.web.Access;
import dev.nectar.web.PercentText;
import dev.nectar.web.Problem;
import dev.nectar.web.QueryParameters;
import dev.nectar.web.RawRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets in whoever presents the key and, to images, whoever comes by a signed link; but no page that
 * may not embed images.
 */
final class KeyAccess implements Access {

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

  private final AccessKey key;
  private final Referers referers;
  private final UrlSignatures signatures;
  private final InstantSource clock;

  KeyAccess(AccessKey key, Referers referers, UrlSignatures signatures, InstantSource clock) {
    this.key = key;
    this.referers = referers;
    this.signatures = signatures;
    this.clock = clock;
  }

  @Override
  public void checkKey(HttpServletRequest request, QueryParameters parameters) {
    if (!key.opens(request, parameters)) {
      throw Problem.WRONG_KEY.because("Give the key as the parameter 'key' or as a bearer token.");
    }
    checkPage(request);
  }

  private void checkPage(HttpServletRequest request) {
    if (!referers.allow(request)) {
      throw Problem.FOREIGN_PAGE.because("Pages of other hosts may not embed these images.");
    }
  }

  @Override
  public Pass check(HttpServletRequest request, QueryParameters parameters) {
    if (!parameters.has(SignedLinks.SIGNATURE) || key.opens(request, parameters)) {
      checkKey(request, parameters);
      return new ByKey();
    }
    if (parameters.has("key") || parameters.has("token")) {
      throw Problem.WRONG_KEY.because("A signed URL holds no key.");
    }
    try {
      var signature = parameters.get(SignedLinks.SIGNATURE);
      if (signature != null && signatures.verify(signedForm(request, parameters), signature)) {
        var left = timeLeft(parameters.get(SignedLinks.EXPIRY));
        checkPage(request);
        return new ByLink(left);
      }
    } catch (InvalidImageRequestException e) {
      // no signature fits what can't be read
    }
    throw Problem.WRONG_KEY.because("The signature does not fit the URL.");
  }

  private static String signedForm(HttpServletRequest request, QueryParameters parameters) {
    return SignedForm.of(
        request.getRequestURI(),
        PercentText.decode(RawRequest.prompt(request)),
        parameters.all().stream()
            .filter(parameter -> !parameter.getKey().equals(SignedLinks.SIGNATURE))
            .toList());
  }

  private @Nullable Duration timeLeft(@Nullable String expiry) {
    if (expiry == null) {
      return null;
    }
    if (!SECONDS.matcher(expiry).matches()) {
      throw Problem.WRONG_KEY.because("The URL's 'exp' is not a time in seconds since 1970.");
    }
    var end = Instant.ofEpochSecond(Long.parseLong(expiry));
    var left = Duration.between(clock.instant(), end);
    if (!left.isPositive()) {
      throw Problem.WRONG_KEY.because("The signed URL expired at " + end + ".");
    }
    return left;
  }
}
