package dev.nectar.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a server answers to bytes that no HTTP client would send. */
record RawExchange(int status, Map<String, String> headers, String body) {

  /** A client that takes in little before it reads. */
  static Socket open(int port) throws IOException {
    var socket = new Socket();
    socket.setSoTimeout(15_000);
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  /** Sends a request line and nothing but the headers that are needed. */
  static RawExchange get(int port, String target) throws IOException {
    return send(
        port, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }

  /**
   * @param request one char a byte; asks for the connection to be closed
   */
  static RawExchange send(int port, String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return parse(new String(socket.getInputStream().readAllBytes(), UTF_8));
    }
  }

  private static RawExchange parse(String answer) {
    var end = answer.indexOf("\r\n\r\n");
    var lines = answer.substring(0, end).lines().toList();
    var headers = new TreeMap<String, String>();
    for (var line : lines.subList(1, lines.size())) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new RawExchange(
        Integer.parseInt(lines.getFirst().substring(9, 12)), headers, answer.substring(end + 4));
  }

  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }
}
