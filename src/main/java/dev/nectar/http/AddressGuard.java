package dev.nectar.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.springframework.boot.http.client.InetAddressFilter;

/**
 * Finds only hosts that anyone on the internet could reach. It stands where a connection is made,
 * so the addresses it has seen are the ones connected to, for names and literals of every notation
 * alike.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA, IPv4</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IANA, IPv6</a>
 */
public final class AddressGuard implements DnsResolver {

  /** IPv6 unicast that is routed at all; transition, local and unassigned ranges lie outside. */
  private static final InetAddressFilter GLOBAL_UNICAST = InetAddressFilter.of("2000::/3");

  private static final InetAddressFilter PUBLIC =
      InetAddressFilter.externalAddresses()
          .andNot(
              // Documentation.
              "3fff::/20",
              // Anycast that the own network may answer: AS112 name servers, AMT relays.
              "192.31.196.0/24",
              "192.52.193.0/24",
              "192.175.48.0/24",
              "2620:4f:8000::/48",
              // Azure's platform services: public by number, answering only from inside.
              "168.63.129.16");

  /** IPv4 in digits, however written: decimal, octal, hexadecimal, in one to four parts. */
  private static final Pattern NUMBERS = Pattern.compile("((0[xX][0-9A-Fa-f]*|[0-9]+)(\\.|$))+");

  private final DnsResolver delegate;

  public AddressGuard(DnsResolver delegate) {
    this.delegate = delegate;
  }

  /**
   * A name with public and other addresses is refused as a whole: nobody has it by accident.
   *
   * @throws BlockedAddressException if any of the addresses is not public, or the host is a literal
   *     in another notation than four decimal numbers
   */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    var addresses = delegate.resolve(host);
    if (addresses == null || addresses.length == 0) {
      throw new UnknownHostException(host);
    }
    for (var address : addresses) {
      if (!isPublic(address) || isAmbiguous(host, address)) {
        throw new BlockedAddressException(host);
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return delegate.resolveCanonicalHostname(host);
  }

  /** 0177.0.0.1 is 127.0.0.1 to some and 177.0.0.1 to others. */
  private static boolean isAmbiguous(String host, InetAddress address) {
    return NUMBERS.matcher(host).matches() && !host.equals(address.getHostAddress());
  }

  static boolean isPublic(InetAddress address) {
    var routed = !(address instanceof Inet6Address) || GLOBAL_UNICAST.matches(address);
    return routed && PUBLIC.matches(address);
  }
}
