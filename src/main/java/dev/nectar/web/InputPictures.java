package dev.nectar.web;

import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.SharedInputs;
import dev.nectar.http.answer.StagedPictures;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.RequestInputs;
import dev.nectar.image.staging.InputImages;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/** Takes in the pictures that others are to be made from; what it throws names what is wrong. */
public interface InputPictures {

  /**
   * What a request brings along.
   *
   * @param images none where the request only names what it was made from once
   */
  record Given(RequestInputs inputs, InputImages images) {

    public static final Given NOTHING = new Given(RequestInputs.NONE, InputImages.NONE);

    /** To be closed. */
    public SharedInputs share(int pictures) {
      return new SharedInputs(images, pictures);
    }
  }

  /**
   * The same for these pictures: what of them can't be made is refused before anything is fetched
   * or made.
   *
   * @param telling what is thrown then, also by all that follows
   */
  InputPictures toMake(
      List<ImageRequest> pictures,
      Function<GenerationResult.NoImage, ErrorResponseException> telling);

  /** Those that the parameters {@code image} and {@code mask} name, in one text or in a list. */
  Given named(Function<String, ? extends @Nullable Object> parameters, HttpServletRequest request)
      throws IOException;

  /**
   * Those of a body.
   *
   * @param images each a URL, or what is staged of the body
   */
  Given of(
      List<String> images, @Nullable String mask, StagedPictures staged, HttpServletRequest request)
      throws IOException;

  /** Those that are here already; taken over, and closed if they are none to take. */
  Given uploaded(InputImages images);

  /** A form that brings pictures along, each a file or a text that is its URL. */
  interface Form extends AutoCloseable {

    /** All else that it holds. */
    Map<String, @Nullable Object> texts();

    /** Its pictures, once, as {@link InputPictures#toMake} has it; nothing if it has none. */
    Given take(
        List<ImageRequest> pictures,
        Function<GenerationResult.NoImage, ErrorResponseException> telling)
        throws IOException;

    /** Closes what nobody took. */
    @Override
    void close();
  }

  /** Reads a form (RFC 7578), whose files are staged as they come. */
  Form form(HttpServletRequest request) throws IOException;
}
