package dev.nectar.web.connection;

import dev.nectar.web.ProblemResponses;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ProblemDetail;

/** Reports what Tomcat refuses so early that no controller hears of it, not even the error page. */
final class ProblemValve extends ErrorReportValve {

  private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);

  private final ProblemResponses problems;

  ProblemValve(ProblemResponses problems) {
    this.problems = problems;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    try {
      var problem = ProblemDetail.forStatus(response.getStatus());
      RequestLine.fault(request.getCoyoteRequest()).ifPresent(problem::setDetail);
      problems.write(problem, request, response);
    } catch (IOException e) {
      log.debug("Client gone: {}", e.toString());
    }
  }
}
