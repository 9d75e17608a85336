package dev.nectar.web.input;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.http.Deadline;
import dev.nectar.http.HostAndPort;
import dev.nectar.http.RemoteFiles;
import dev.nectar.http.answer.StagedPictures;
import dev.nectar.image.RequestInputs;
import dev.nectar.image.RequestInputs.Input;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Opens an input by what names it. */
final class InputOpener {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final Pattern DATA_URL =
      Pattern.compile("data:[^,]*;base64,(?<base64>.+)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** What stands for a picture that was staged as it went by. */
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private final RemoteFiles files;
  private final StagingArea staging;
  private final Predicate<HostAndPort> exempt;
  private final OwnPictures own;
  private final Ticker ticker;

  /**
   * @param exempt places that may have any address
   */
  InputOpener(
      RemoteFiles files,
      StagingArea staging,
      Predicate<HostAndPort> exempt,
      OwnPictures own,
      Ticker ticker) {
    this.files = files;
    this.staging = staging;
    this.exempt = exempt;
    this.own = own;
    this.ticker = ticker;
  }

  /**
   * An input that was opened.
   *
   * @param image null if only its checksum is known
   * @param url where others find it, too
   */
  record Opened(Input input, @Nullable StagedImage image, @Nullable URI url) {

    static Opened of(StagedImage image, @Nullable URI url) {
      return new Opened(Input.of(image.facts()), image, url);
    }

    void close() {
      if (image != null) {
        image.close();
      }
    }
  }

  /** What is here already is opened at once; the rest is left to a thread that may wait. */
  Supplier<Opened> opening(
      String name,
      String parameter,
      StagedPictures staged,
      Wanted wanted,
      HttpServletRequest request,
      OwnPictures.Nested nested) {
    if (RequestInputs.CHECKSUM.matcher(name).matches()) {
      var sha256 = name.substring(RequestInputs.SHA256.length());
      var known = new Opened(Input.named(sha256), null, null);
      return () -> known;
    }
    if (!name.regionMatches(true, 0, "http", 0, 4)) {
      var here = Opened.of(inBody(name, parameter, staged), null);
      return () -> here;
    }
    var url = url(name, parameter);
    var kept = own.find(url, parameter, wanted, request, nested);
    return kept.isPresent()
        ? () -> Opened.of(kept.get().get(), null)
        : () -> Opened.of(fetched(url, parameter), url);
  }

  void checkModel(Wanted wanted, HttpServletRequest request) {
    own.checkModel(wanted, request);
  }

  private static URI url(String name, String parameter) {
    try {
      var url = new URI(new URI(name).toASCIIString());
      var scheme = Objects.requireNonNullElse(url.getScheme(), "").toLowerCase(Locale.ROOT);
      if (Set.of("http", "https").contains(scheme)
          && url.getHost() != null
          && url.getRawUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // told below, together with what has no host
    }
    throw InputFaults.malformed(parameter);
  }

  private StagedImage fetched(URI url, String parameter) {
    try {
      return files.fetch(url, exempt, Deadline.in(TIMEOUT, ticker), staging::stage);
    } catch (IOException e) {
      throw InputFaults.of(e, Problem.DOWNLOAD_FAILED, parameter);
    }
  }

  private static StagedImage inBody(String name, String parameter, StagedPictures staged) {
    try {
      var slot = isBroken(name) ? null : staged.in(name);
      if (slot != null) {
        return slot.take();
      }
    } catch (IOException e) {
      throw InputFaults.of(e, Problem.INVALID_IMAGE_URL, parameter);
    }
    throw InputFaults.malformed(parameter);
  }

  private static boolean isBroken(String name) {
    if (!name.regionMatches(true, 0, "data:", 0, 5)) {
      return false;
    }
    var data = DATA_URL.matcher(name);
    if (!data.matches()) {
      return true;
    }
    var base64 = data.group("base64").replaceAll("\\s", "").replace('-', '+').replace('_', '/');
    try {
      return !NUMBER.matcher(base64).matches() && Base64.getDecoder().decode(base64).length == 0;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
