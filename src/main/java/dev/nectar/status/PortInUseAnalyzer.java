package dev.nectar.status;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Names the setting of a port at which somebody else listens; Spring Boot's own does not. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class PortInUseAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

  private final Environment environment;

  PortInUseAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
    var port = Integer.toString(cause.getPort());
    var setting =
        port.equals(environment.getProperty("MANAGEMENT_PORT")) ? "MANAGEMENT_PORT" : "PORT";
    return new FailureAnalysis(
        setting + ": Port " + port + " is in use.",
        "Set " + setting + " to another port, or stop what listens there.",
        cause);
  }
}
