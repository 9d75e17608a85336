package dev.nectar.web.access;

import dev.nectar.account.ClientKeys;
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
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/**
 * Lets in whoever presents the key and, to images, whoever comes by a signed link; but no page that
 * may not embed images.
 */
final class KeyAccess implements Access {

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

  private final AccessKey key;
  private final ClientKeys clientKeys;
  private final Referers referers;
  private final UrlSignatures signatures;
  private final InstantSource clock;

  KeyAccess(
      AccessKey key,
      ClientKeys clientKeys,
      Referers referers,
      UrlSignatures signatures,
      InstantSource clock) {
    this.key = key;
    this.clientKeys = clientKeys;
    this.referers = referers;
    this.signatures = signatures;
    this.clock = clock;
  }

  @Override
  public void checkKey(HttpServletRequest request, QueryParameters parameters) {
    enter(
        visitor(request, parameters)
            .orElseThrow(() ->
                Problem.WRONG_KEY.because(
                    "Give the key as the parameter 'key' or as a bearer token.")),
        request);
  }

  /** Whose key it presents; empty if it presents nobody's. */
  private Optional<Visitor> visitor(HttpServletRequest request, QueryParameters parameters) {
    if (key.opens(request, parameters)) {
      return Optional.of(new Visitor(null));
    }
    return AccessKey.presented(request, parameters)
        .map(clientKeys::find)
        .flatMap(found -> visitor(found).stream())
        .findFirst();
  }

  private static Optional<Visitor> visitor(ClientKeys.Lookup found) {
    return switch (found) {
      case ClientKeys.Found(var key) -> Optional.of(new Visitor(key));
      case ClientKeys.Unknown _ -> Optional.empty();
      case ClientKeys.Unreadable _ -> throw Problem.ledgerUnreadable();
    };
  }

  private void enter(Visitor visitor, HttpServletRequest request) {
    checkPage(request);
    var key = visitor.key();
    if (key != null && key.referers() != null && !new Referers(key.referers()).allow(request)) {
      throw Problem.FOREIGN_PAGE.because("Pages of other hosts may not use this key.");
    }
    visitor.enter(request);
  }

  private void checkPage(HttpServletRequest request) {
    if (!referers.allow(request)) {
      throw Problem.FOREIGN_PAGE.because("Pages of other hosts may not embed these images.");
    }
  }

  @Override
  public Pass check(HttpServletRequest request, QueryParameters parameters) {
    var holder =
        parameters.has(SignedLinks.SIGNATURE)
            ? visitor(request, parameters)
            : Optional.<Visitor>empty();
    if (!parameters.has(SignedLinks.SIGNATURE) || holder.isPresent()) {
      checkKey(request, parameters);
      return new ByKey();
    }
    if (parameters.has("key") || parameters.has("token")) {
      throw Problem.WRONG_KEY.because("A signed URL holds no key.");
    }
    try {
      if (isSigned(request.getRequestURI(), RawRequest.prompt(request), parameters)) {
        var left = timeLeft(parameters.get(SignedLinks.EXPIRY));
        enter(signer(parameters.get(SignedLinks.SIGNER)), request);
        return new ByLink(left);
      }
    } catch (InvalidImageRequestException e) {
      // no signature fits what can't be read
    }
    throw Problem.WRONG_KEY.because("The signature does not fit the URL.");
  }

  /** Whose link it is; those of a key end with it. */
  private Visitor signer(@Nullable String mark) {
    return mark == null
        ? new Visitor(null)
        : visitor(clientKeys.findMarked(mark))
            .orElseThrow(
                () -> Problem.WRONG_KEY.because("The key that signed the URL is good no longer."));
  }

  @Override
  public HttpServletRequest opening(
      String path, String prompt, QueryParameters parameters, HttpServletRequest request) {
    try {
      if (isSigned(path, prompt, parameters)) {
        var _ = timeLeft(parameters.get(SignedLinks.EXPIRY));
        return signer(parameters.get(SignedLinks.SIGNER)).as(request);
      }
    } catch (InvalidImageRequestException e) {
      // no signature fits what can't be read
    } catch (ErrorResponseException e) {
      if (e.getStatusCode() != HttpStatus.UNAUTHORIZED) {
        throw e;
      }
      // it opens nothing any more, and whoever has a key may ask for the same
    }
    return request;
  }

  /**
   * @param prompt as it stands in the path
   */
  private boolean isSigned(String path, String prompt, QueryParameters parameters) {
    var signature = parameters.get(SignedLinks.SIGNATURE);
    return signature != null && signatures.verify(signedForm(path, prompt, parameters), signature);
  }

  private static String signedForm(String path, String prompt, QueryParameters parameters) {
    return SignedForm.of(
        path,
        PercentText.decode(prompt),
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
