package dev.nectar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

  private final AllowedHosts allowed =
      new AllowedHosts(
          List.of("Any.example", "one.example:8080", "[::1]:81", "[fd00::5]", "10.0.0.1:9000"));

  @ParameterizedTest
  @CsvSource({
    "any.example, 80",
    "ANY.example, 1234",
    "one.EXAMPLE, 8080",
    "::1, 81",
    "[::1], 81",
    "fd00:0::5, 443",
    "10.0.0.1, 9000",
  })
  void listedPlace_isAllowed(String host, int port) {
    assertThat(allowed.test(new HostAndPort(host, port))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "sub.any.example, 80",
    "any.example.evil.example, 80",
    "one.example, 80",
    "::1, 80",
    "::2, 81",
    "10.0.0.1, 80",
    "any.example., 80",
  })
  void otherPlace_isNotAllowed(String host, int port) {
    assertThat(allowed.test(new HostAndPort(host, port))).isFalse();
  }

  @Test
  void emptyList_allowsNothing() {
    assertThat(new AllowedHosts(List.of()).test(new HostAndPort("localhost", 80))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "http://host",
        "host/path",
        "host:",
        ":80",
        "host:0",
        "host:65536",
        "host:port",
        "::1",
        "[::1",
        "[host]",
        "[1::2::3]",
        "a b",
        "user@host",
        "*.example",
        "*"
      })
  void nonsense_isRefused(String entry) {
    assertThatIllegalArgumentException().isThrownBy(() -> new AllowedHosts(List.of(entry)));
  }
}
