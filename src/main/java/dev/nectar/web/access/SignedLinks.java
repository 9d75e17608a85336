package dev.nectar.web.access;

import dev.nectar.account.ClientKeys;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.web.ImageLinks;
import dev.nectar.web.RawRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Links to images that need no key. */
public final class SignedLinks implements ImageLinks {

  static final String SIGNATURE = "sig";
  static final String EXPIRY = "exp";

  /** Names the key that signed, if that of the settings did not. */
  static final String SIGNER = "by";

  /** What is longer does not pass the bound of a request's head together with other headers. */
  private static final int MAX_LENGTH = 60_000;

  private final UrlSignatures signatures;
  private final LinkBase base;

  public SignedLinks(UrlSignatures signatures, LinkBase base) {
    this.signatures = signatures;
    this.base = base;
  }

  /** Whether there is a key to sign with. */
  @Override
  public boolean areOn() {
    return signatures.isOn();
  }

  @Override
  public String to(ImageRequest image, @Nullable Instant expiry, HttpServletRequest request) {
    return to(image, Map.of(), expiry, request);
  }

  /**
   * The link to an image.
   *
   * @param more parameters, which are signed as well
   */
  String to(
      ImageRequest image,
      Map<String, String> more,
      @Nullable Instant expiry,
      HttpServletRequest request) {
    var target = target(image, more, expiry, request);
    if (target.length() > MAX_LENGTH) {
      throw new InvalidImageRequestException("prompt", "The prompt is too long for a URL.");
    }
    return signed(target, request);
  }

  @Override
  public Optional<String> target(String url, HttpServletRequest request) {
    return base.all(request).stream()
        .filter(own -> url.startsWith(own + "/"))
        .map(own -> url.substring(own.length()).replaceFirst("#.*", ""))
        .filter(SignedLinks::isOfImage)
        .findFirst();
  }

  private static boolean isOfImage(String target) {
    return RawRequest.PROMPT_PATHS.stream()
        .anyMatch(path -> target.startsWith(path + "/") || target.startsWith(path + "?"));
  }

  @Override
  public String again(HttpServletRequest request) {
    return base.of(request) + RawRequest.path(request) + "?" + request.getQueryString();
  }

  @Override
  public String forKeyHolder(ImageRequest image, HttpServletRequest request) {
    var target = target(image, Map.of(), null, request);
    return areOn() && target.length() <= MAX_LENGTH ? signed(target, request) : target;
  }

  private static String target(
      ImageRequest image,
      Map<String, String> more,
      @Nullable Instant expiry,
      HttpServletRequest request) {
    var parameters = new ArrayList<>(image.parameters().entrySet());
    parameters.addAll(more.entrySet());
    if (expiry != null) {
      parameters.add(Map.entry(EXPIRY, Long.toString(expiry.getEpochSecond())));
    }
    var signer = Visitor.of(request).key();
    if (signer != null) {
      parameters.add(Map.entry(SIGNER, ClientKeys.mark(signer)));
    }
    return SignedForm.of(RawRequest.PROMPT_PATH, image.prompt(), parameters);
  }

  private String signed(String target, HttpServletRequest request) {
    return base.of(request) + target + "&" + SIGNATURE + "=" + signatures.sign(target);
  }
}
