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
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * An OpenAI-compatible image back end on the loopback interface, which refuses prompts that begin
 * with "refused" and paints those that begin with "kept" at once. Arguments: the size of an image
 * in bytes, and how many milliseconds painting takes. Prints its port.
 */
final class FakeBackEnd {

  private static final Pattern PROMPT = Pattern.compile("\"prompt\"\\s*:\\s*\"([^\"\\\\]*)\"");

  private static final byte[] REFUSAL =
      "{\"error\":{\"code\":\"content_policy_violation\"}}".getBytes(ISO_8859_1);

  private final FakeImages images;
  private final Duration painting;
  private final byte[] opening;
  private final byte[] remainder;

  private FakeBackEnd(FakeImages images, Duration painting) {
    this.images = images;
    this.painting = painting;
    var common = images.common();
    // Base64 writes three bytes as four characters: so many can be written once for all images.
    var whole = common.length - common.length % 3;
    opening =
        ("{\"created\":1,\"data\":[{\"b64_json\":\""
                + Base64.getEncoder().encodeToString(Arrays.copyOf(common, whole)))
            .getBytes(ISO_8859_1);
    remainder = Arrays.copyOfRange(common, whole, common.length);
  }

  static void main(String[] args) throws IOException {
    // Without it the end of each answer waits for the acknowledgement of its start.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
    var backEnd =
        new FakeBackEnd(
            new FakeImages(Integer.parseInt(args[0])), Duration.ofMillis(Long.parseLong(args[1])));
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
      var closing = closing(prompt.group(1));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, opening.length + closing.length);
      exchange.getResponseBody().write(opening);
      exchange.getResponseBody().write(closing);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] closing(String prompt) {
    var rest = new ByteArrayOutputStream();
    rest.writeBytes(remainder);
    rest.writeBytes(FakeImages.own(prompt));
    return (Base64.getEncoder().encodeToString(rest.toByteArray()) + "\"}]}").getBytes(ISO_8859_1);
  }
}
