package dev.nectar.http;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Hosts that may be reached although their address is not public. */
public final class AllowedHosts implements Predicate<HostAndPort> {

  private static final Pattern ENTRY =
      Pattern.compile(
          "(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*])(?::(?<port>[0-9]{1,5}))?");

  private final Set<String> onAnyPort = new HashSet<>();
  private final Set<HostAndPort> onOnePort = new HashSet<>();

  /**
   * @param entries each {@code host}, for any port, or {@code host:port}; IPv6 in brackets
   * @throws IllegalArgumentException for an entry that is neither
   */
  public AllowedHosts(List<String> entries) {
    entries.forEach(this::add);
  }

  private void add(String entry) {
    var parts = ENTRY.matcher(entry);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a host or host:port: " + entry);
    }
    var host = HostAndPort.canonical(parts.group("host"));
    if (parts.group("port") == null) {
      onAnyPort.add(host);
      return;
    }
    var port = Integer.parseInt(parts.group("port"));
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("not a port: " + entry);
    }
    onOnePort.add(new HostAndPort(host, port));
  }

  @Override
  public boolean test(HostAndPort place) {
    return onAnyPort.contains(place.host()) || onOnePort.contains(place);
  }
}
