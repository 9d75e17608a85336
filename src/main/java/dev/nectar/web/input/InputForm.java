package dev.nectar.web.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.http.BoundedBody;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.image.RequestInputs;
import dev.nectar.image.staging.InputImages;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.web.InputPictures;
import dev.nectar.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;

/** A form with pictures (RFC 7578), which go to staged files as they come. */
public final class InputForm implements AutoCloseable {

  private static final int MAX_PARTS = 100;

  /** Of all texts together. */
  private static final int MAX_TEXT = 512 * 1024;

  /** OpenAI's SDKs number lists, or leave the brackets out. */
  private static final Pattern IMAGE = Pattern.compile("image(?:\\[\\d*])?");

  private final StagingArea staging;
  private final Map<String, @Nullable Object> texts = new HashMap<>();
  private final List<StagedImage> images = new ArrayList<>();
  private @Nullable StagedImage mask;
  private int textLeft = MAX_TEXT;

  private InputForm(StagingArea staging) {
    this.staging = staging;
  }

  /**
   * Reads a form.
   *
   * @throws org.springframework.web.ErrorResponseException if there is something wrong with it
   */
  public static InputForm read(HttpServletRequest request, StagingArea staging) throws IOException {
    var form = new InputForm(staging);
    try {
      form.readParts(request);
      return form;
    } catch (FileUploadSizeException e) {
      form.close();
      throw InputFaults.because(
          Problem.IMAGE_TOO_LARGE, RequestInputs.IMAGE, "The input pictures are too large.");
    } catch (FileUploadException e) {
      form.close();
      throw Problem.INVALID_REQUEST.because("The body is not a whole multipart form.");
    } catch (IOException | RuntimeException | Error e) {
      form.close();
      throw e;
    }
  }

  private void readParts(HttpServletRequest request) throws IOException {
    var upload = new JakartaServletFileUpload<DiskFileItem, DiskFileItemFactory>();
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
    try (var bytes = part.getInputStream()) {
      if (IMAGE.matcher(name).matches()) {
        InputReader.checkCount(images.size() + 1, false);
        images.add(stage(bytes, RequestInputs.IMAGE));
      } else if (name.equals(RequestInputs.MASK) && mask == null) {
        mask = stage(bytes, RequestInputs.MASK);
      } else if (part.isFormField()) {
        texts.putIfAbsent(name, text(bytes));
      }
    }
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

  private String text(InputStream part) throws IOException {
    var bytes = new BoundedBody(part, textLeft).readAllBytes();
    textLeft -= bytes.length;
    return new String(bytes, UTF_8);
  }

  public Map<String, @Nullable Object> texts() {
    return texts;
  }

  /** Its pictures, once; empty if it has none. */
  public InputPictures.Given take(InputPictures inputs) {
    var taken = pictures();
    images.clear();
    mask = null;
    return inputs.uploaded(taken);
  }

  private InputImages pictures() {
    return new InputImages(images, mask, List.of());
  }

  /** Closes what nobody took. */
  @Override
  public void close() {
    pictures().close();
  }
}
