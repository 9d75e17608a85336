package dev.nectar.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.http.RawServer;
import dev.nectar.http.RawServer.Connection;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A back end that paints, but for prompts that begin with the name of a lie. */
final class Liar implements AutoCloseable {

  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: ([0-9]+)");
  private static final Pattern PROMPT = Pattern.compile("\"prompt\":\"([^\"#]*)");
  private static final Pattern FILE = Pattern.compile("^GET /([^ ?]+)");

  private final Map<String, Lie> lies;
  private final String painting;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final List<String> fetched = new CopyOnWriteArrayList<>();
  private final RawServer server;

  Liar(List<Lie> lies, byte[] image) throws IOException {
    this.lies = lies.stream().collect(Collectors.toMap(Lie::name, Function.identity()));
    this.painting = RawServer.ok(Lie.painting(Base64.getEncoder().encodeToString(image)));
    this.server = new RawServer(this::serve);
  }

  private void serve(Connection peer) throws IOException {
    for (var head = peer.head(); !head.isEmpty(); head = peer.head()) {
      var file = FILE.matcher(head);
      if (file.find()) {
        fetched.add(head);
        lie(URLDecoder.decode(file.group(1), UTF_8)).file().run(peer);
        return;
      }
      var prompt = first(PROMPT, peer.body(Integer.parseInt(first(LENGTH, head))));
      if (lies.containsKey(prompt)) {
        told.add(prompt);
        lie(prompt).answer().run(peer);
        return;
      }
      peer.send(painting);
    }
  }

  private Lie lie(String name) throws IOException {
    var lie = lies.get(name);
    if (lie == null) {
      throw new IOException("no lie: " + name);
    }
    return lie;
  }

  private static String first(Pattern pattern, String text) throws IOException {
    var matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("not as a back end is called");
    }
    return matcher.group(1);
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** The lies told so far. */
  Set<String> told() {
    return told;
  }

  /** The heads of all requests but calls of the API. */
  List<String> fetched() {
    return fetched;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
