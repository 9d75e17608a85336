import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * An OpenAI-compatible image back end on the loopback interface, which refuses prompts that begin
 * with "refused" and paints those that begin with "kept" at once. Arguments: the size of an image
 * in bytes, unless a prompt asks for "-of-SIZE-bytes", and how many milliseconds painting takes.
 * Prints its port.
 */
final class FakeBackEnd {

  private static final Pattern PROMPT = Pattern.compile("\"prompt\"\\s*:\\s*\"([^\"\\\\]*)\"");

  private static final Pattern SIZE = Pattern.compile("-of-(\\d+)-bytes");

  private static final byte[] REFUSAL =
      "{\"error\":{\"code\":\"content_policy_violation\"}}".getBytes(ISO_8859_1);

  /** What the answers with images of one size have in common. */
  private record Common(byte[] opening, byte[] remainder) {

    static Common of(int size) {
      var image = new FakeImages(size).common();
      // Base64 writes three bytes as four characters: so many can be written once for all images.
      var whole = image.length - image.length % 3;
      var opening =
          "{\"created\":1,\"data\":[{\"b64_json\":\""
              + Base64.getEncoder().encodeToString(Arrays.copyOf(image, whole));
      return new Common(
          opening.getBytes(ISO_8859_1), Arrays.copyOfRange(image, whole, image.length));
    }
  }

  private final ConcurrentMap<Integer, Common> commons = new ConcurrentHashMap<>();
  private final int size;
  private final Duration painting;

  private FakeBackEnd(int size, Duration painting) {
    this.size = size;
    this.painting = painting;
  }

  private Common common(String prompt) {
    var asked = SIZE.matcher(prompt);
    return commons.computeIfAbsent(
        asked.find() ? Integer.parseInt(asked.group(1)) : size, Common::of);
  }

  static void main(String[] args) throws IOException {
    // Without it the end of each answer waits for the acknowledgement of its start.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
    var backEnd =
        new FakeBackEnd(Integer.parseInt(args[0]), Duration.ofMillis(Long.parseLong(args[1])));
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    server.createContext("/v1/images/generations", backEnd::paint);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    System.out.println(server.getAddress().getPort());
  }

  private void paint(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      var prompt = PROMPT.matcher(request);
      if (!prompt.find()) {
        exchange.sendResponseHeaders(400, -1);
        return;
      }
      if (!prompt.group(1).startsWith("kept")) {
        Thread.sleep(painting);
      }
      if (prompt.group(1).startsWith("refused")) {
        exchange.sendResponseHeaders(400, REFUSAL.length);
        exchange.getResponseBody().write(REFUSAL);
        return;
      }
      var common = common(prompt.group(1));
      var closing = closing(common, prompt.group(1));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, common.opening.length + closing.length);
      exchange.getResponseBody().write(common.opening);
      exchange.getResponseBody().write(closing);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] closing(Common common, String prompt) {
    var rest = new ByteArrayOutputStream();
    rest.writeBytes(common.remainder);
    rest.writeBytes(FakeImages.own(prompt));
    return (Base64.getEncoder().encodeToString(rest.toByteArray()) + "\"}]}").getBytes(ISO_8859_1);
  }
}
