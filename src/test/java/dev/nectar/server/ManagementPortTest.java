package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What operators see without a key, and who does not. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagementPortTest {

  private static final String BACKEND = "http://localhost:9";

  private final NectarServer nectar;
  private final NectarServer without;

  ManagementPortTest(@TempDir Path cache, @TempDir Path other) {
    nectar = NectarServer.start(cache, BACKEND, Map.of("MANAGEMENT_PORT", "0"));
    without = NectarServer.start(other, BACKEND);
  }

  @AfterAll
  void stop() {
    nectar.close();
    without.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "health",
        "health/liveness",
        "info",
        "loggers",
        "metrics/jvm.memory.used",
        "threaddump"
      })
  void operators_see(String endpoint) throws Exception {
    assertThat(get(nectar.managementPort(), endpoint).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"env", "configprops", "heapdump", "beans", "shutdown", "logfile", "conditions"})
  void operators_doNotSee(String endpoint) throws Exception {
    assertThat(get(nectar.managementPort(), endpoint).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "health",
        "health/liveness",
        "info",
        "loggers",
        "loggers/ROOT",
        "metrics/jvm.memory.used",
        "prometheus",
        "threaddump"
      })
  void query_malformed_is400ThatSaysSo(String endpoint, CapturedOutput output) throws Exception {
    for (var query : List.of("%ZZ", "tag=%FF", "a=%")) {
      var answer = get(nectar.managementPort(), endpoint + "?" + query);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("parameter", "\"status\":400");
    }
    assertThat(output.getAll()).doesNotContain(" ERROR ", "\tat ");
  }

  @Test
  void operators_changeNothing() throws Exception {
    var change =
        RawExchange.send(
            nectar.managementPort(),
            """
            POST /actuator/loggers/ROOT HTTP/1.1\r
            Host: localhost\r
            Connection: close\r
            Content-Type: application/json\r
            Content-Length: 27\r
            \r
            {"configuredLevel":"TRACE"}\
            """);

    assertThat(change.status()).isEqualTo(405);
  }

  @Test
  void port_unlessConfigured_isOnLoopbackOnly() throws Exception {
    assertThatThrownBy(() -> new Socket("127.0.0.2", nectar.managementPort()))
        .isInstanceOf(ConnectException.class);
    try (var clients = new Socket("127.0.0.2", nectar.port())) {
      assertThat(clients.isConnected()).isTrue();
    }
  }

  @Test
  void port_configured_isWhereItWasConfigured(@TempDir Path other) throws Exception {
    var settings = Map.of("MANAGEMENT_PORT", "0", "MANAGEMENT_ADDRESS", "0.0.0.0");
    try (var open = NectarServer.start(other, BACKEND, settings);
        var socket = new Socket("127.0.0.2", open.managementPort())) {
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "info", "loggers", "metrics", "threaddump", "env", "health/unknown"})
  void clients_doNotSee(String endpoint) throws Exception {
    assertThat(get(nectar.port(), endpoint).status()).isEqualTo(404);
    assertThat(get(without.port(), endpoint).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"health", "health/liveness", "health/readiness"})
  void clients_seeHealthAlikeWithAndWithoutThePort(String endpoint) throws Exception {
    var answer = get(nectar.port(), endpoint);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("\"UP\"").isEqualTo(get(without.port(), endpoint).body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8081",
        "127.0.0.1:1",
        "10.1.2.3",
        "[::1]:1",
        "nectar:8081"
      })
  void operators_askByAddressOrLocalName(String host) throws Exception {
    assertThat(ask(nectar.managementPort(), "/actuator/health", host).status()).isEqualTo(200);
  }

  /** A page may have pointed such a name here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8081",
        "localhost.evil.example",
        "127.0.0.1.nip.io",
        "localhost.",
        "0x7f.0.0.1x"
      })
  void pages_pointingANameHere_seeNothing(String host) throws Exception {
    for (var path : List.of("/actuator/health", "/actuator/threaddump", "/", "/none")) {
      var answer = ask(nectar.managementPort(), path, host);

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).contains("\"title\":\"Not by this name\"");
    }
    assertThat(ask(nectar.port(), "/actuator/health", host).status()).isEqualTo(200);
    assertThat(ask(without.port(), "/actuator/health", host).status()).isEqualTo(200);
  }

  @Test
  void status_isForNoPageOfAnotherOrigin() throws Exception {
    var answer = nectar.get("/status", "Origin", "https://evil.example");

    assertThat(answer.headers().map())
        .allSatisfy((name, _) -> assertThat(name).doesNotStartWithIgnoringCase("access-control"));
  }

  private static RawExchange ask(int port, String path, String host) throws Exception {
    return RawExchange.send(
        port, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host));
  }

  private static RawExchange get(int port, String endpoint) throws Exception {
    return RawExchange.get(port, "/actuator/" + endpoint);
  }
}
