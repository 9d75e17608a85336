package dev.nectar.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events of a generation, as they arrive. */
final class EventWatcher implements AutoCloseable {

  record Event(String name, JsonNode data) {}

  private final Socket socket;
  private final BufferedReader lines;

  EventWatcher(NectarServer nectar, String target) throws IOException {
    var head =
        "GET %s HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n".formatted(target);
    socket = new Socket(InetAddress.getLoopbackAddress(), nectar.port());
    lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    socket.setSoTimeout(60_000);
    socket.getOutputStream().write(head.getBytes(UTF_8));
    assertThat(lines.readLine()).contains(" 200");
    assertThat(lines.lines().takeWhile(line -> !line.isEmpty()))
        .anyMatch(line -> line.startsWith("Content-Type: text/event-stream"))
        .anyMatch(line -> line.equals("Cache-Control: no-store"));
  }

  Event next() throws IOException {
    var name = Objects.requireNonNull(lines.readLine()).substring("event: ".length());
    var data = Objects.requireNonNull(lines.readLine()).substring("data: ".length());
    assertThat(lines.readLine()).isEmpty();
    return new Event(name, JsonMapper.shared().readTree(data));
  }

  List<Event> rest() throws IOException {
    var events = new ArrayList<Event>();
    do {
      events.add(next());
    } while (!List.of("done", "failed").contains(events.getLast().name()));
    assertThat(lines.readLine()).isNull();
    return events;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  static List<Event> watch(NectarServer nectar, String target) throws IOException {
    try (var watcher = new EventWatcher(nectar, target)) {
      return watcher.rest();
    }
  }
}
