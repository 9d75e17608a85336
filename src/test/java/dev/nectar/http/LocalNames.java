package dev.nectar.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.DnsResolver;

/** Names under {@code .test} are this machine; literals are what the platform takes them for. */
final class LocalNames implements DnsResolver {

  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** The hosts looked up so far, in order. */
  List<String> asked() {
    return asked;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    asked.add(host);
    var name = host.toLowerCase(Locale.ROOT);
    if (name.endsWith(".test") || name.endsWith(".test.")) {
      return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }
    if (Character.isDigit(host.charAt(0)) || host.contains(":")) {
      return InetAddress.getAllByName(host);
    }
    throw new UnknownHostException(host);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
