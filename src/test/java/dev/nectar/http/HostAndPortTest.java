package dev.nectar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {

  @ParameterizedTest
  @CsvSource({
    "http://Host/x, host, 80",
    "HTTPS://host, host, 443",
    "http://host:8080/, host, 8080",
    "https://host:/, host, 443",
    "http://image_backend:8000/v1, image_backend, 8000",
    "http://image_backend, image_backend, 80",
    "'http://[::1]:81/', 0:0:0:0:0:0:0:1, 81",
    "'http://[0:0::1]/', 0:0:0:0:0:0:0:1, 80",
    "'http://[::ffff:127.0.0.1]/', 127.0.0.1, 80",
  })
  void url_leadsToItsHostAndPort(URI url, String host, int port) {
    assertThat(HostAndPort.of(url)).isEqualTo(new HostAndPort(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host/",
        "host",
        "/path",
        "http:/path",
        "http:opaque",
        "http://:80/",
        "http://host:99999/",
        "mailto:a@b"
      })
  void url_thatLeadsNowhere_isRefused(URI url) {
    assertThatIllegalArgumentException().isThrownBy(() -> HostAndPort.of(url));
  }
}
