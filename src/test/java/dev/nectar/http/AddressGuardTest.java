package dev.nectar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.100.100.200",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "168.63.129.16",
        "169.254.0.0",
        "169.254.169.254",
        "169.254.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.0",
        "192.0.0.8",
        "192.0.0.170",
        "192.0.0.192",
        "192.0.0.255",
        "192.0.2.1",
        "192.31.196.1",
        "192.52.193.1",
        "192.88.99.1",
        "192.88.99.2",
        "192.168.0.0",
        "192.168.255.255",
        "192.175.48.1",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.0",
        "255.255.255.254",
        "255.255.255.255",
      })
  void ipv4_special_isNotPublic(String literal) {
    assertThat(AddressGuard.isPublic(InetAddress.ofLiteral(literal))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "::7f00:1",
        "::808:808",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "64:ff9b:1:ffff::808:808",
        "100::1",
        "100:0:0:1::1",
        "200::1",
        "400::1",
        "1000::1",
        "1fff::1",
        "2001::1",
        "2001:0:7f00:1::1",
        "2001:1::1",
        "2001:1::3",
        "2001:2::1",
        "2001:3::1",
        "2001:4:112::1",
        "2001:10::1",
        "2001:20::1",
        "2001:30::1",
        "2001:1ff:ffff::1",
        "2001:db8::1",
        "2001:db8:ffff::1",
        "2002::1",
        "2002:7f00:1::1",
        "2002:808:808::1",
        "2620:4f:8000::1",
        "3fff::1",
        "3fff:fff:ffff::1",
        "4000::1",
        "5f00::1",
        "8000::1",
        "e000::1",
        "fc00::1",
        "fd00:ec2::254",
        "fdff:ffff::1",
        "fe00::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "feff::1",
        "ff02::1",
        "ff0e::1",
        "ffff::1",
      })
  void ipv6_special_isNotPublic(String literal) {
    assertThat(AddressGuard.isPublic(InetAddress.ofLiteral(literal))).isFalse();
  }

  /** Java makes IPv4 of it wherever it parses one, but the class can hold it. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "8.8.8.8"})
  void ipv6_mappedFromIpv4_isNotPublic(String ipv4) throws UnknownHostException {
    var bytes = new byte[16];
    bytes[10] = bytes[11] = (byte) 0xff;
    System.arraycopy(InetAddress.ofLiteral(ipv4).getAddress(), 0, bytes, 12, 4);

    assertThat(AddressGuard.isPublic(Inet6Address.getByAddress("mapped", bytes, -1))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "93.184.216.34",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "168.63.129.15",
        "168.63.129.17",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "192.0.3.1",
        "192.88.98.1",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "198.51.99.1",
        "203.0.112.1",
        "203.0.114.1",
        "223.255.255.255",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2001:db7::1",
        "2001:db9::1",
        "2003::1",
        "2400:cb00::1",
        "2606:4700:4700::1111",
        "2620:4f:8001::1",
        "2a00:1450:4001::200e",
        "3ffe:ffff::1",
        "3fff:1000::1",
      })
  void publicAddress_isPublic(String literal) {
    assertThat(AddressGuard.isPublic(InetAddress.ofLiteral(literal))).isTrue();
  }

  @Test
  void host_withPublicAddresses_isResolvedToThese() throws UnknownHostException {
    var addresses = addresses("8.8.8.8", "2606:4700:4700::1111");

    assertThat(new AddressGuard(answering(addresses)).resolve("host")).isSameAs(addresses);
  }

  @Test
  void host_withOneOtherAddress_isRefused() {
    var guard = new AddressGuard(answering(addresses("8.8.8.8", "10.0.0.1")));

    assertThatThrownBy(() -> guard.resolve("both.example"))
        .isInstanceOf(BlockedAddressException.class)
        .hasMessageContaining("both.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0177.0.0.1", "177.1", "2969567233", "0xb1000001", "0xb1.0.0.1", "177.0.0.1."})
  void literal_inAnotherNotation_isRefused(String literal) {
    var guard = new AddressGuard(answering(addresses("177.0.0.1")));

    assertThatThrownBy(() -> guard.resolve(literal)).isInstanceOf(BlockedAddressException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"177.0.0.1", "1.ae", "0xab.cc", "9a.de", "177.0.0.1.example"})
  void plainLiteralOrName_isResolved(String host) throws UnknownHostException {
    var guard = new AddressGuard(answering(addresses("177.0.0.1")));

    assertThat(guard.resolve(host)).hasSize(1);
  }

  @Test
  void host_withoutAddress_isUnknown() {
    var guard = new AddressGuard(answering(new InetAddress[0]));

    assertThatThrownBy(() -> guard.resolve("none.example"))
        .isExactlyInstanceOf(UnknownHostException.class);
  }

  @Test
  void host_thatChangesItsAnswer_isCheckedEachTime() throws UnknownHostException {
    var answers = new ArrayDeque<>(List.of(addresses("8.8.8.8"), addresses("127.0.0.1")));
    var guard = new AddressGuard(resolver(answers));

    assertThat(guard.resolve("rebind.example")).hasSize(1);
    assertThatThrownBy(() -> guard.resolve("rebind.example"))
        .isInstanceOf(BlockedAddressException.class);
  }

  @Test
  void host_isLookedUpOnce() throws UnknownHostException {
    var answers = new ArrayDeque<>(List.of(addresses("8.8.8.8"), addresses("127.0.0.1")));

    new AddressGuard(resolver(answers)).resolve("rebind.example");

    assertThat(answers).hasSize(1);
  }

  private static InetAddress[] addresses(String... literals) {
    return List.of(literals).stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
  }

  private static DnsResolver answering(InetAddress[] addresses) {
    return resolver(new ArrayDeque<>(List.<InetAddress[]>of(addresses)));
  }

  private static DnsResolver resolver(ArrayDeque<InetAddress[]> answers) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) {
        return answers.remove();
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }
}
