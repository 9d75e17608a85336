package dev.nectar.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the kernel tells of a server's ends of connections. */
final class HeldConnections {

  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int INODE = 9;

  private HeldConnections() {}

  static Set<Integer> ports(List<Socket> clients) {
    return clients.stream().map(Socket::getLocalPort).collect(Collectors.toSet());
  }

  /** How many of these clients' connections the server has not closed. */
  static long count(int serverPort, Set<Integer> clientPorts) {
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(table -> lines(Path.of(table)))
        .map(line -> line.strip().split("\\s+"))
        .filter(columns -> port(columns[LOCAL]) == serverPort)
        .filter(columns -> clientPorts.contains(port(columns[REMOTE])))
        // The kernel may still send what nobody holds any more.
        .filter(columns -> !columns[INODE].equals("0"))
        .count();
  }

  private static Stream<String> lines(Path table) {
    try {
      return Files.readAllLines(table).stream().skip(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
  }
}
