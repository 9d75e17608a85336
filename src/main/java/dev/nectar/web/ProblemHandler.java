package dev.nectar.web;

import dev.nectar.http.JsonObjectBody;
import dev.nectar.image.ImageTooLargeException;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.image.RequestInputs;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.util.DisconnectedClientHelper;

/** Makes problems of whatever goes wrong: of ours, of Spring's, and of Tomcat's. */
@Controller
@ControllerAdvice
class ProblemHandler implements ErrorController {

  private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

  private final ProblemResponses responses;

  ProblemHandler(ProblemResponses responses) {
    this.responses = responses;
  }

  @ExceptionHandler
  void handle(
      InvalidImageRequestException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    handle(
        Problem.INVALID_REQUEST.because(e.parameter(), String.valueOf(e.getMessage())),
        request,
        response);
  }

  @ExceptionHandler
  void handle(
      JsonObjectBody.MalformedException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    handle(Problem.INVALID_REQUEST.because(String.valueOf(e.getMessage())), request, response);
  }

  /** A body that is longer than all the pictures of a request may be. */
  @ExceptionHandler
  void handle(ImageTooLargeException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    log.debug("A body is not read to its end: {}", e.toString());
    handle(
        Problem.IMAGE_TOO_LARGE.because(
            RequestInputs.IMAGE, "The input pictures are too large for one request."),
        request,
        response);
  }

  @ExceptionHandler
  void handle(Exception e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
      log.debug("Client gone: {}", e.toString());
    } else if (e instanceof ErrorResponse error) {
      error
          .getHeaders()
          .forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
      responses.write(error.getBody(), request, response);
    } else {
      log.error("Request {} broke off.", RawRequest.id(request), e);
      responses.write(ProblemResponses.fault(), request, response);
    }
  }

  /** Where Tomcat sends what it refused before it reached a controller. */
  @RequestMapping("/error")
  void container(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    responses.write(
        ProblemDetail.forStatus(
            status instanceof Integer code ? code : HttpStatus.NOT_FOUND.value()),
        request,
        response);
  }
}
