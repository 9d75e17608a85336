package dev.nectar.web.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.generation.GenerationResult;
import dev.nectar.http.BodyTooLargeException;
import dev.nectar.http.BoundedBody;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.image.RequestInputs;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.web.InputPictures;
import dev.nectar.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/** A form with pictures, which go to staged files as they come. */
final class InputForm implements InputPictures.Form {

  private static final int MAX_PARTS = 100;

  /** Of all texts together. */
  private static final int MAX_TEXT = 512 * 1024;

  /** Of one part. */
  private static final int MAX_HEADERS = 8 * 1024;

  /** OpenAI's SDKs number lists, or leave the brackets out. */
  private static final Pattern IMAGE = Pattern.compile("image(?:\\[\\d*])?");

  /** A URL that stands in the place of a file. */
  private static final Pattern URL =
      Pattern.compile("(?:https?|sha256):.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final int LONGEST_SCHEME = "sha256:".length();

  /** A picture of the form: a file that was staged, or what it is named by. */
  sealed interface Part {}

  record Uploaded(StagedImage image) implements Part {}

  record Named(String url) implements Part {}

  private final InputReader reader;
  private final HttpServletRequest request;
  private final StagingArea staging;
  private final Map<String, @Nullable Object> texts = new HashMap<>();
  private final List<Part> images = new ArrayList<>();
  private @Nullable Part mask;
  private int textLeft = MAX_TEXT;

  private InputForm(InputReader reader, HttpServletRequest request, StagingArea staging) {
    this.reader = reader;
    this.request = request;
    this.staging = staging;
  }

  /**
   * Reads a form.
   *
   * @throws org.springframework.web.ErrorResponseException if there is something wrong with it
   */
  static InputForm read(InputReader reader, HttpServletRequest request, StagingArea staging)
      throws IOException {
    var form = new InputForm(reader, request, staging);
    try {
      form.readParts();
      return form;
    } catch (FileUploadSizeException e) {
      form.close();
      throw e.getPermitted() == MAX_HEADERS
          ? Problem.INVALID_REQUEST.because(
              "The form is malformed: the headers of a part are over %d bytes."
                  .formatted(MAX_HEADERS))
          : Problem.IMAGE_TOO_LARGE.because(
              RequestInputs.IMAGE, "The input pictures are too large.");
    } catch (FileUploadException e) {
      form.close();
      throw Problem.INVALID_REQUEST.because("The body is not a whole multipart form.");
    } catch (IOException | RuntimeException | Error e) {
      form.close();
      throw e;
    }
  }

  private void readParts() throws IOException {
    var upload = new JakartaServletFileUpload<DiskFileItem, DiskFileItemFactory>();
    upload.setMaxPartHeaderSize(MAX_HEADERS);
    upload.setMaxSize(InputReader.MAX_TOGETHER * staging.maxImageBytes() + (2L * MAX_TEXT));
    var parts = upload.getItemIterator(request);
    for (var count = 0; parts.hasNext(); count++) {
      if (count == MAX_PARTS) {
        throw new InvalidImageRequestException(
            "The form has more than %d parts.".formatted(MAX_PARTS));
      }
      read(parts.next());
    }
  }

  private void read(FileItemInput part) throws IOException {
    var name = String.valueOf(part.getFieldName());
    try (var bytes = new BufferedInputStream(part.getInputStream())) {
      if (IMAGE.matcher(name).matches()) {
        images.addAll(pictures(bytes, part.isFormField(), RequestInputs.IMAGE));
        InputReader.checkCount(images.size(), false);
      } else if (name.equals(RequestInputs.MASK) && mask == null) {
        mask = pictures(bytes, part.isFormField(), RequestInputs.MASK).getFirst();
      } else if (part.isFormField()) {
        texts.putIfAbsent(name, text(bytes, name));
      }
    }
  }

  /** Some clients give a file no name; it is one all the same. */
  private List<? extends Part> pictures(InputStream bytes, boolean isText, String parameter)
      throws IOException {
    if (isText && isUrl(bytes)) {
      return ImageNames.of(parameter, text(bytes, parameter)).stream().map(Named::new).toList();
    }
    return List.of(new Uploaded(stage(bytes, parameter)));
  }

  private static boolean isUrl(InputStream bytes) throws IOException {
    bytes.mark(LONGEST_SCHEME);
    var start = new String(bytes.readNBytes(LONGEST_SCHEME), UTF_8);
    bytes.reset();
    return URL.matcher(start).matches();
  }

  private StagedImage stage(InputStream bytes, String parameter) throws IOException {
    try {
      return staging.stage(bytes);
    } catch (FileUploadException e) {
      throw e;
    } catch (IOException e) {
      throw InputFaults.ofUpload(e, parameter);
    }
  }

  private String text(InputStream part, String name) throws IOException {
    try {
      var bytes = new BoundedBody(part, textLeft).readAllBytes();
      textLeft -= bytes.length;
      return new String(bytes, UTF_8);
    } catch (BodyTooLargeException e) {
      throw new InvalidImageRequestException(
          name,
          "The field '%s' is too long: the texts of a form may have %d KB together."
              .formatted(name, MAX_TEXT / 1024));
    }
  }

  @Override
  public Map<String, @Nullable Object> texts() {
    return texts;
  }

  @Override
  public InputPictures.Given take(
      List<ImageRequest> pictures,
      Function<GenerationResult.NoImage, ErrorResponseException> telling) {
    var given = reader.toMake(pictures, telling).of(images, mask, request);
    images.clear();
    mask = null;
    return given;
  }

  @Override
  public void close() {
    Stream.concat(images.stream(), Stream.ofNullable(mask))
        .forEach(part -> {
          if (part instanceof Uploaded(var image)) {
            image.close();
          }
        });
  }
}
