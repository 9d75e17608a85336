package dev.nectar.web;

import dev.nectar.generation.Caller;
import dev.nectar.image.ImageRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Another way to answer a request for an image than with the image itself. */
public interface AnswerForm {

  /** Whether the client asks for this form. */
  boolean isWanted(HttpServletRequest request);

  void write(
      ImageRequest image,
      Caller caller,
      Access.Pass pass,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException;
}
