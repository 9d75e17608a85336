package dev.nectar.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class LinkBaseTest {

  private static MockHttpServletRequest request(String scheme, String host, int port) {
    var request = new MockHttpServletRequest("POST", "/sign");
    request.setScheme(scheme);
    request.setServerName(host);
    request.setServerPort(port);
    request.addHeader("Host", host + (port == 80 || port == 443 ? "" : ":" + port));
    return request;
  }

  @ParameterizedTest
  @CsvSource({
    "http, localhost, 8080, http://localhost:8080",
    "http, example.com, 80, http://example.com",
    "https, example.com, 443, https://example.com",
    "http, [::1], 8080, http://[::1]:8080"
  })
  void request_withoutProxy_tellsTheBase(String scheme, String host, int port, String base) {
    assertThat(new LinkBase(null).of(request(scheme, host, port))).isEqualTo(base);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-Proto, https, https://inner:8080",
    "X-Forwarded-Proto, 'https, http', https://inner:8080",
    "X-Forwarded-Proto, javascript, http://inner:8080",
    "X-Forwarded-Host, images.example.com, http://images.example.com",
    "X-Forwarded-Host, images.example.com:444, http://images.example.com:444",
    "X-Forwarded-Host, a/b, http://inner:8080",
    "X-Forwarded-Port, 9090, http://inner:8080",
    "X-Forwarded-Prefix, /pictures, http://inner:8080/pictures",
    "X-Forwarded-Prefix, /a/b/, http://inner:8080/a/b",
    "X-Forwarded-Prefix, /, http://inner:8080",
    "X-Forwarded-Prefix, pictures, http://inner:8080",
    "X-Forwarded-Prefix, //evil.example, http://inner:8080",
    "X-Forwarded-Prefix, '/a\"b', http://inner:8080"
  })
  void proxy_tellsTheBase(String header, String value, String base) {
    var request = request("http", "inner", 8080);
    request.addHeader(header, value);

    assertThat(new LinkBase(null).of(request)).isEqualTo(base);
  }

  @Test
  void proxy_thatTellsThePortApart_tellsTheBase() {
    var request = request("http", "inner", 8080);
    request.addHeader("X-Forwarded-Host", "images.example.com");
    request.addHeader("X-Forwarded-Proto", "https");
    request.addHeader("X-Forwarded-Port", "8443");

    assertThat(new LinkBase(null).of(request)).isEqualTo("https://images.example.com:8443");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-Prefix", "X-Forwarded-Host", "X-Forwarded-Proto"})
  void header_asLongAsAHeadMayBe_isPassedOver(String header) {
    var request = request("http", "inner", 8080);
    request.addHeader(header, "/a".repeat(30_000) + "/".repeat(5_000) + "x");

    assertThat(new LinkBase(null).of(request)).isEqualTo("http://inner:8080");
  }

  @Test
  void publicUrl_countsMoreThanAnyHeader() {
    var request = request("http", "inner", 8080);
    request.addHeader("X-Forwarded-Host", "images.example.com");
    request.addHeader("X-Forwarded-Prefix", "/pictures");

    assertThat(new LinkBase(URI.create("https://a.example/n/")).of(request))
        .isEqualTo("https://a.example/n");
  }
}
