package dev.nectar.web;

import dev.nectar.http.JsonObjectBody;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.openai.OpenAiError;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one renderer of errors, of ours, of Spring's, and of Tomcat's: in the words of RFC 9457 or,
 * where its API is spoken, of OpenAI.
 */
@Controller
@ControllerAdvice
class ProblemHandler implements ErrorController {

  private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

  private static final JsonMapper JSON = JsonMapper.shared();

  @ExceptionHandler
  void handle(
      InvalidImageRequestException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var problem = Problem.INVALID_REQUEST.because(String.valueOf(e.getMessage()));
    problem.getBody().setProperty(OpenAiError.PARAM, e.parameter());
    handle(problem, request, response);
  }

  @ExceptionHandler
  void handle(
      JsonObjectBody.MalformedException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    handle(Problem.INVALID_REQUEST.because(String.valueOf(e.getMessage())), request, response);
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
      write(error.getBody(), request, response);
    } else {
      log.error("Request {} broke off.", RawTarget.requestId(request), e);
      write(fault(), request, response);
    }
  }

  static ProblemDetail fault() {
    return ProblemDetail.forStatus(HttpStatus.INTERNAL_SERVER_ERROR);
  }

  /** Where Tomcat sends what it refused before it reached a controller. */
  @RequestMapping("/error")
  void container(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    write(
        ProblemDetail.forStatus(
            status instanceof Integer code ? code : HttpStatus.NOT_FOUND.value()),
        request,
        response);
  }

  static void write(ProblemDetail problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    var id = RawTarget.requestId(request);
    response.resetBuffer();
    response.setStatus(problem.getStatus());
    response.setHeader(RawTarget.REQUEST_ID_HEADER, id);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Access-Control-Allow-Origin", "*");
    var openAi = RawTarget.isOpenAi(request);
    response.setContentType(
        openAi ? MediaType.APPLICATION_JSON_VALUE : MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    var bytes =
        JSON.writeValueAsBytes(openAi ? OpenAiError.of(problem).body() : members(problem, id));
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  static Map<String, @Nullable Object> members(ProblemDetail problem, String requestId) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("title", problem.getTitle());
    members.put("status", problem.getStatus());
    members.put(
        "detail", problem.getDetail() == null ? problem.getTitle() + "." : problem.getDetail());
    members.put("requestId", requestId);
    return members;
  }
}
