package dev.nectar.web;

import dev.nectar.generation.Caller;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.image.ImageRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Lets clients go before their image is made, and come again (RFC 7240, respond-async). */
public interface Deferral {

  /** Whether the client would rather be told to come again than wait. */
  boolean isWanted(ImageRequest image, Access.Pass pass, HttpServletRequest request);

  /**
   * The image, or why there is none; close the answer when it is no longer read.
   *
   * @return empty: it is still being made, and the client was told where to ask for it
   */
  Optional<ImageAnswer> answer(
      ImageRequest image,
      Caller caller,
      Access.Pass pass,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException;

  /** Whether the client of another API would rather come again. */
  boolean isWanted(HttpServletRequest request);

  /**
   * What the images of an order come to, as a pipeline of their own; each is to be asked for.
   *
   * @param id of the order
   * @param place where the client is to ask for it again
   * @return empty: some are still being made, and the client was told so
   */
  Optional<Function<ImageRequest, ImageAnswer>> answers(
      List<ImageRequest> images,
      Caller caller,
      String id,
      String place,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException;
}
