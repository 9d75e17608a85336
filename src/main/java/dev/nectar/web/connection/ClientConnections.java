package dev.nectar.web.connection;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of each client address, of which there may be so many. Tomcat does not tell
 * when one is closed, so it is looked at when it matters.
 */
final class ClientConnections {

  /** The usual network of one subscriber, who may take any address in it. */
  private static final int IPV6_NETWORK_BYTES = 8;

  private static final int IPV4_BYTES = 4;

  /** After so many new connections, those of clients that are gone are forgotten. */
  private static final int SWEEP = 1_000;

  private final int limit;
  private final Predicate<InetAddress> exempt;
  private final Map<String, List<SocketChannel>> open = new HashMap<>();
  private int sinceSweep;

  /**
   * Counts nothing yet.
   *
   * @param exempt addresses that are not clients'
   */
  ClientConnections(int limit, Predicate<InetAddress> exempt) {
    this.limit = limit;
    this.exempt = exempt;
  }

  /** Whether its client may have this one, too. */
  synchronized boolean admits(SocketChannel connection, @Nullable SocketAddress remote) {
    if (!(remote instanceof InetSocketAddress client) || exempt.test(client.getAddress())) {
      return true;
    }
    sweepNowAndThen();
    var connections = open.computeIfAbsent(network(client.getAddress()), _ -> new ArrayList<>(1));
    if (connections.size() >= limit) {
      connections.removeIf(each -> !each.isOpen());
    }
    return connections.size() < limit && connections.add(connection);
  }

  private void sweepNowAndThen() {
    if (++sinceSweep >= SWEEP) {
      sinceSweep = 0;
      open.values().forEach(connections -> connections.removeIf(each -> !each.isOpen()));
      open.values().removeIf(List::isEmpty);
    }
  }

  private static String network(InetAddress address) {
    var bytes = address.getAddress();
    return HexFormat.of()
        .formatHex(bytes.length == IPV4_BYTES ? bytes : Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
  }
}
