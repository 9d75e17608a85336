package dev.nectar.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientAddressTest {

  private final ClientAddress address =
      new ClientAddress(List.of("10.0.0.0/8", "192.0.2.7", "2001:db8:1::/48"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "198.51.100.1 | 203.0.113.9 | 198.51.100.1 | told by nobody who is trusted",
        "192.0.2.8 | 203.0.113.9 | 192.0.2.8 | a neighbour of a trusted one",
        "10.1.2.3 | 203.0.113.9 | 203.0.113.9 | told by a proxy",
        "::ffff:10.1.2.3 | 203.0.113.9 | 203.0.113.9 | a proxy in IPv6 notation",
        "2001:db8:1::5 | 2001:db8:2::9 | 2001:db8:2::9 | a proxy on IPv6",
        "10.1.2.3 | 1.1.1.1, 203.0.113.9 | 203.0.113.9 | what the client itself sent",
        "10.1.2.3 | 203.0.113.9, 192.0.2.7, 10.9.9.9 | 203.0.113.9 | a chain of proxies",
        "10.1.2.3 | 1.1.1.1, junk, 192.0.2.7 | 192.0.2.7 | junk within the chain",
        "10.1.2.3 | junk | 10.1.2.3 | nothing but junk",
        "10.1.2.3 | localhost | 10.1.2.3 | a name",
        "10.1.2.3 | 203.0.113.9, | 10.1.2.3 | an empty hop",
        "10.1.2.3 | 10.0.0.1, 10.0.0.2 | 10.0.0.1 | a client within the own network",
        "10.1.2.3 | 203.0.113.9:4711 | 203.0.113.9 | with a port",
        "10.1.2.3 | [2001:db8:2::9]:4711 | 2001:db8:2::9 | with brackets and a port",
        "10.1.2.3 | [2001:db8:2::9] | 2001:db8:2::9 | with brackets",
        "10.1.2.3 | [2001:db8:2::9 | 10.1.2.3 | with half the brackets",
      })
  void client_behindProxies_isTheLastWhoIsNotTrusted(
      String peer, String forwardedFor, String client, String why) {
    assertThat(of(peer, forwardedFor)).as(why).isEqualTo(InetAddress.ofLiteral(client));
  }

  @Test
  void client_withoutTheHeader_isThePeer() {
    assertThat(of("10.1.2.3")).isEqualTo(InetAddress.ofLiteral("10.1.2.3"));
  }

  @Test
  void headers_several_areOneList() {
    assertThat(of("10.1.2.3", "1.1.1.1, 203.0.113.9", "192.0.2.7"))
        .isEqualTo(InetAddress.ofLiteral("203.0.113.9"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/", "proxy.example.com"})
  void entry_neitherAddressNorNetwork_isRefused(String entry) {
    assertThatThrownBy(() -> new ClientAddress(List.of(entry)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private InetAddress of(String peer, String... forwardedFor) {
    var request = new MockHttpServletRequest();
    request.setRemoteAddr(peer);
    for (var value : forwardedFor) {
      request.addHeader("X-Forwarded-For", value);
    }
    return address.of(request);
  }
}
