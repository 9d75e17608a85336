package dev.nectar.web.input;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.http.Deadline;
import dev.nectar.http.HostAndPort;
import dev.nectar.http.RemoteFiles;
import dev.nectar.http.answer.StagedPictures;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.image.RequestInputs;
import dev.nectar.image.RequestInputs.Input;
import dev.nectar.image.staging.InputImages;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.web.InputPictures;
import dev.nectar.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes in pictures by what names them. */
final class InputReader implements InputPictures {

  private static final int MAX_IMAGES = 16;

  /** So many of the largest pictures are taken together. */
  static final int MAX_TOGETHER = 4;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final Set<ImageFormat> FORMATS =
      Set.of(ImageFormat.PNG, ImageFormat.JPEG, ImageFormat.WEBP);

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
  InputReader(
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
  private record Opened(Input input, @Nullable StagedImage image, @Nullable URI url) {

    static Opened of(StagedImage image, @Nullable URI url) {
      return new Opened(Input.of(image.facts()), image, url);
    }

    void close() {
      if (image != null) {
        image.close();
      }
    }
  }

  @Override
  public Given named(
      Function<String, ? extends @Nullable Object> parameters, HttpServletRequest request)
      throws IOException {
    var images = ImageNames.of(RequestInputs.IMAGE, parameters.apply(RequestInputs.IMAGE));
    var masks = ImageNames.of(RequestInputs.MASK, parameters.apply(RequestInputs.MASK));
    if (images.isEmpty() && masks.isEmpty()) {
      return Given.NOTHING;
    }
    try (var staged = new StagedPictures(staging)) {
      return of(images, masks.isEmpty() ? null : masks.getFirst(), staged, request);
    }
  }

  @Override
  public Given of(
      List<String> images,
      @Nullable String mask,
      StagedPictures staged,
      HttpServletRequest request) {
    return open(images, mask, (image, parameter) -> opening(image, parameter, staged, request));
  }

  /** Those of a form, each taken over. */
  Given of(List<InputForm.Part> images, InputForm.@Nullable Part mask, HttpServletRequest request) {
    try (var nothing = new StagedPictures(null)) {
      return open(
          images,
          mask,
          (part, parameter) ->
              switch (part) {
                case InputForm.Uploaded(var image) -> () -> Opened.of(image, null);
                case InputForm.Named(var url) -> opening(url, parameter, nothing, request);
              });
    }
  }

  /** Finds out how to open what a client gave for a parameter. */
  private interface Opener<P> {
    Supplier<Opened> opening(P given, String parameter);
  }

  private <P> Given open(List<P> images, @Nullable P mask, Opener<P> opener) {
    var begun = new ArrayList<CompletableFuture<Opened>>();
    try {
      checkCount(images.size(), mask != null);
      for (var image : images) {
        begun.add(begin(opener.opening(image, RequestInputs.IMAGE)));
      }
      if (mask != null) {
        begun.add(begin(opener.opening(mask, RequestInputs.MASK)));
      }
      var opened = begun.stream().map(CompletableFuture::join).toList();
      return given(opened.subList(0, images.size()), mask == null ? null : opened.getLast());
    } catch (CompletionException e) {
      closeAll(begun);
      throw e.getCause() instanceof RuntimeException known ? known : e;
    } catch (RuntimeException e) {
      closeAll(begun);
      throw e;
    }
  }

  private static CompletableFuture<Opened> begin(Supplier<Opened> opening) {
    return CompletableFuture.supplyAsync(opening, Thread::startVirtualThread);
  }

  private static void closeAll(List<CompletableFuture<Opened>> begun) {
    begun.forEach(each -> {
      var _ = each.thenAccept(Opened::close);
    });
  }

  static void checkCount(int images, boolean masked) {
    if (images > MAX_IMAGES) {
      throw new InvalidImageRequestException(
          RequestInputs.IMAGE, "At most %d input pictures are taken.".formatted(MAX_IMAGES));
    }
    if (images == 0 && masked) {
      throw new InvalidImageRequestException(
          RequestInputs.MASK, "A mask is for an input picture, and there is none.");
    }
  }

  /** What is here already is opened at once; the rest is left to a thread that may wait. */
  private Supplier<Opened> opening(
      String name, String parameter, StagedPictures staged, HttpServletRequest request) {
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
    var kept = own.find(url, parameter, request);
    return kept.isPresent()
        ? () -> Opened.of(kept.get().get(), null)
        : () -> Opened.of(fetched(url, parameter), url);
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

  private Given given(List<Opened> images, @Nullable Opened mask) {
    var inputs =
        new RequestInputs(
            images.stream().map(Opened::input).toList(), mask == null ? null : mask.input());
    var staged = images.stream().map(Opened::image).filter(Objects::nonNull).toList();
    var urls = images.stream().map(Opened::url).filter(Objects::nonNull).toList();
    var all =
        new InputImages(
            staged,
            mask == null ? null : mask.image(),
            urls.size() == images.size() ? urls : List.of());
    if (staged.size() < images.size() || (mask != null && mask.image() == null)) {
      all.close();
      return new Given(inputs, InputImages.NONE);
    }
    return uploaded(all);
  }

  @Override
  public Given uploaded(InputImages images) {
    try {
      check(images);
      return new Given(RequestInputs.of(images), images);
    } catch (RuntimeException e) {
      images.close();
      throw e;
    }
  }

  @Override
  public Form form(HttpServletRequest request) throws IOException {
    return InputForm.read(this, request, staging);
  }

  private void check(InputImages images) {
    checkCount(images.images().size(), images.mask() != null);
    images.images().forEach(image -> checkFormat(image, RequestInputs.IMAGE));
    if (images.mask() != null) {
      checkFormat(images.mask(), RequestInputs.MASK);
    }
    var bytes =
        images.images().stream().mapToLong(StagedImage::size).sum()
            + (images.mask() == null ? 0 : images.mask().size());
    if (bytes > MAX_TOGETHER * staging.maxImageBytes()) {
      throw InputFaults.because(
          Problem.IMAGE_TOO_LARGE,
          RequestInputs.IMAGE,
          "The input pictures are larger than %,d bytes together."
              .formatted(MAX_TOGETHER * staging.maxImageBytes()));
    }
  }

  private static void checkFormat(StagedImage image, String parameter) {
    if (!FORMATS.contains(image.format())) {
      throw InputFaults.unsupported(parameter);
    }
  }
}
