package dev.nectar.status;

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.ApiVersion;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointWebExtension;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Tells clients of health, from where Spring Boot moves it to the port for operators. */
@RestController
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class HealthController {

  private final HealthEndpointWebExtension health;

  HealthController(HealthEndpointWebExtension health) {
    this.health = health;
  }

  @GetMapping("/actuator/health")
  ResponseEntity<HealthDescriptor> health() {
    return answer(
        health.health(ApiVersion.LATEST, WebServerNamespace.SERVER, SecurityContext.NONE));
  }

  @GetMapping("/actuator/health/{group}")
  ResponseEntity<HealthDescriptor> health(@PathVariable String group) {
    return answer(
        health.health(ApiVersion.LATEST, WebServerNamespace.SERVER, SecurityContext.NONE, group));
  }

  private static ResponseEntity<HealthDescriptor> answer(
      WebEndpointResponse<HealthDescriptor> answer) {
    var body = answer.getBody();
    if (body == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return ResponseEntity.status(answer.getStatus()).body(body);
  }
}
