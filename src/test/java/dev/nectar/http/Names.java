package dev.nectar.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/** Looks hosts up as a test has it. */
@FunctionalInterface
interface Names extends DnsResolver {

  @Override
  InetAddress[] resolve(String host) throws UnknownHostException;

  @Override
  default String resolveCanonicalHostname(String host) {
    return host;
  }

  /** Addresses of this machine, whatever the host: of 127.0.0.1 and up, the last number of each. */
  static Names loopback(int... lastNumbers) throws UnknownHostException {
    var addresses = new InetAddress[lastNumbers.length];
    for (var i = 0; i < addresses.length; i++) {
      addresses[i] = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) lastNumbers[i]});
    }
    return host -> addresses;
  }
}
