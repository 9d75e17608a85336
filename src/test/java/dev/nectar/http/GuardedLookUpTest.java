package dev.nectar.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard before the platform's own resolver, which decides what a notation means. */
class GuardedLookUpTest {

  /**
   * No look-up leaves this machine: the names are its own, the rest are addresses, of which the
   * platform itself refuses some.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "017700000001",
        "0x7f000001",
        "0X7F.1",
        "0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "169.254.169.254",
        "0xa9fea9fe",
        "2852039166",
        "172.16.0.1",
        "192.168.1.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.251",
        "240.0.0.1",
        "255.255.255.255",
        "[::]",
        "[::1]",
        "::1",
        "0:0:0:0:0:0:0:1",
        "::1%lo",
        "fe80::1%lo",
        "::ffff:169.254.169.254",
        "::ffff:a9fe:a9fe",
        "::a9fe:a9fe",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a9fe:a9fe",
        "2001:0:7f00:1::a9fe:a9fe",
        "2002:a9fe:a9fe::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
      })
  void host_asTheSystemResolvesIt_isRefused(String host) {
    var guard = new AddressGuard(SystemDefaultDnsResolver.INSTANCE);

    assertThatThrownBy(() -> guard.resolve(host)).isInstanceOf(UnknownHostException.class);
  }
}
