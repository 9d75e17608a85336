package dev.nectar.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems: in the words of the API that the request speaks, else in those of RFC 9457. */
public final class ProblemResponses {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final List<ErrorFormat> formats;

  public ProblemResponses(List<ErrorFormat> formats) {
    this.formats = List.copyOf(formats);
  }

  /** That of a fault of this server. */
  public static ProblemDetail fault() {
    return ProblemDetail.forStatus(HttpStatus.INTERNAL_SERVER_ERROR);
  }

  /** Does nothing once an answer has begun. */
  public void write(ProblemDetail problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    var id = RawRequest.id(request);
    var format = formats.stream().filter(each -> each.covers(request)).findFirst();
    response.resetBuffer();
    response.setStatus(problem.getStatus());
    if (!id.isEmpty()) {
      response.setHeader(RawRequest.ID_HEADER, id);
    }
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Access-Control-Allow-Origin", "*");
    if (ProblemPicture.isWanted(request)) {
      writePicture(problem, response);
      return;
    }
    response.setContentType(
        format.map(ErrorFormat::mediaType).orElse(MediaType.APPLICATION_PROBLEM_JSON).toString());
    var bytes =
        JSON.writeValueAsBytes(
            format.map(each -> each.body(problem, id)).orElseGet(() -> members(problem, id)));
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  private static void writePicture(ProblemDetail problem, HttpServletResponse response)
      throws IOException {
    var bytes = ProblemPicture.of(String.valueOf(problem.getTitle()), detail(problem));
    response.setContentType(ProblemPicture.TYPE.toString());
    response.setContentLength(bytes.length);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.getOutputStream().write(bytes);
  }

  /** What is wrong with an input has a code of its own, all else that of its status. */
  private static Object errorCode(ProblemDetail problem) {
    var code = Problem.isOfInput(problem) ? Problem.code(problem) : null;
    return code == null ? code(problem.getStatus()) : code;
  }

  private static String code(int status) {
    var known = HttpStatus.resolve(status);
    return known == null ? "HTTP_" + status : known.name();
  }

  private static String detail(ProblemDetail problem) {
    return problem.getDetail() == null ? problem.getTitle() + "." : problem.getDetail();
  }

  /** The problem as RFC 9457 words it, and beside that as Pollinations does. */
  public Map<String, @Nullable Object> members(ProblemDetail problem, String requestId) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("title", problem.getTitle());
    members.put("status", problem.getStatus());
    members.put("detail", detail(problem));
    members.put("requestId", requestId);
    if (Problem.isOfInput(problem)) {
      members.put("code", Problem.code(problem));
    }
    members.put("success", false);
    members.put("error", Map.of("code", errorCode(problem), "message", detail(problem)));
    return members;
  }
}
