package dev.nectar.web.input;

import dev.nectar.generation.GenerationResult;
import dev.nectar.http.answer.StagedPictures;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.image.RequestInputs;
import dev.nectar.image.staging.InputImages;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.observe.Work;
import dev.nectar.web.InputPictures;
import dev.nectar.web.Problem;
import dev.nectar.web.input.InputOpener.Opened;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/** Takes in pictures by what names them. */
final class InputReader implements InputPictures {

  private static final int MAX_IMAGES = 16;

  /** So many of the largest pictures are taken together. */
  static final int MAX_TOGETHER = 4;

  /** So many of our links may stand in one another, each made from the one in it. */
  private static final int MAX_DEPTH = 3;

  private static final Set<ImageFormat> FORMATS =
      Set.of(ImageFormat.PNG, ImageFormat.JPEG, ImageFormat.WEBP);

  private final InputOpener opener;
  private final StagingArea staging;
  private final Wanted wanted;

  InputReader(InputOpener opener, StagingArea staging) {
    this(opener, staging, Wanted.NOTHING);
  }

  private InputReader(InputOpener opener, StagingArea staging, Wanted wanted) {
    this.opener = opener;
    this.staging = staging;
    this.wanted = wanted;
  }

  @Override
  public InputReader toMake(
      List<ImageRequest> pictures,
      Function<GenerationResult.NoImage, ErrorResponseException> telling) {
    return new InputReader(opener, staging, new Wanted(pictures, telling));
  }

  @Override
  public Given named(
      Function<String, ? extends @Nullable Object> parameters, HttpServletRequest request)
      throws IOException {
    return named(parameters, request, 0);
  }

  /**
   * @param depth how many of our links lead to these parameters
   */
  private Given named(
      Function<String, ? extends @Nullable Object> parameters,
      HttpServletRequest request,
      int depth)
      throws IOException {
    var images = ImageNames.of(RequestInputs.IMAGE, parameters.apply(RequestInputs.IMAGE));
    var masks = ImageNames.of(RequestInputs.MASK, parameters.apply(RequestInputs.MASK));
    if (images.isEmpty() && masks.isEmpty()) {
      return Given.NOTHING;
    }
    if (depth == 0) {
      opener.checkModel(wanted, request);
    }
    try (var staged = new StagedPictures(staging)) {
      return open(
          images, masks.isEmpty() ? null : masks.getFirst(), naming(staged, request, depth));
    }
  }

  private Opener<String> naming(StagedPictures staged, HttpServletRequest request, int depth) {
    return (name, parameter) ->
        opener.opening(
            name,
            parameter,
            staged,
            wanted,
            request,
            (inner, opening) -> {
              if (depth == MAX_DEPTH) {
                throw InputFaults.malformed(parameter);
              }
              return named(inner, opening, depth + 1);
            });
  }

  @Override
  public Given of(
      List<String> images,
      @Nullable String mask,
      StagedPictures staged,
      HttpServletRequest request) {
    opener.checkModel(wanted, request);
    return open(images, mask, naming(staged, request, 0));
  }

  /** Those of a form, each taken over. */
  Given of(List<InputForm.Part> images, InputForm.@Nullable Part mask, HttpServletRequest request) {
    opener.checkModel(wanted, request);
    try (var nothing = new StagedPictures(null)) {
      var naming = naming(nothing, request, 0);
      return open(
          images,
          mask,
          (part, parameter) ->
              switch (part) {
                case InputForm.Uploaded(var image) -> () -> Opened.of(image, null);
                case InputForm.Named(var url) -> naming.opening(url, parameter);
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
    return CompletableFuture.supplyAsync(opening, Work.threads());
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
      throw Problem.IMAGE_TOO_LARGE.because(
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
