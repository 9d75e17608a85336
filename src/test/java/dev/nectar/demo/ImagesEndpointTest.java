package dev.nectar.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Dimension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesEndpointTest {

  private final DemoServer server =
      DemoServer.start(InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)));
  private final DemoClient client = DemoClient.of(server);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void order_plain_isAnsweredWithAPng() throws IOException {
    var reply = client.images(order("size", "48x32"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("created").asLong()).isEqualTo(1_700_000_000);
    assertThat(reply.json().path("data").size()).isEqualTo(1);
    assertThat(size(reply.image(0))).isEqualTo(new Dimension(48, 32));
  }

  @Test
  void order_withoutSizeOrFormat_paintsASquareOf1024() throws IOException {
    var reply = client.images(Map.of("prompt", "abstract silk"));

    assertThat(size(reply.image(0))).isEqualTo(new Dimension(1024, 1024));
  }

  @Test
  void order_givenTwice_yieldsTheSameBytes() {
    var first = client.images(order("seed", 42)).image(0);
    var second = client.images(order("seed", 42)).image(0);

    assertThat(first).isEqualTo(second);
  }

  @Test
  void order_withAnotherSeed_yieldsAnotherPicture() {
    assertThat(client.images(order("seed", 1)).image(0))
        .isNotEqualTo(client.images(order("seed", 2)).image(0));
  }

  @Test
  void order_ofSeveral_countsTheSeedUp() {
    var several = client.images(Map.of("prompt", "a pear", "size", "32x32", "n", 2, "seed", 7));
    var second = client.images(order("seed", 8));

    assertThat(several.json().path("data").size()).isEqualTo(2);
    assertThat(several.image(1)).isEqualTo(second.image(0));
  }

  @Test
  void order_forUrls_linksTheSamePicture() {
    var prompt = "a pear & a plum? 100% + é\n梨";
    var linked = client.images(Map.of("prompt", prompt, "size", "32x24", "response_format", "url"));
    var inline = client.images(Map.of("prompt", prompt, "size", "32x24"));

    var link = URI.create(linked.at("/data/0/url"));
    assertThat(link.toString()).startsWith(server.base() + "/");
    var picture = client.get(link);
    assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/png");
    assertThat(picture.body()).isEqualTo(inline.image(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?width=16&height=16&seed=x", "?width=9999&height=16&seed=1"})
  void link_thatWasNotGivenOut_isNotFound(String query) {
    assertThat(client.getJson("/pictures" + query).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"forbidden", "a Forbidden apple", "an apple, FORBIDDEN always"})
  void prompt_thatIsForbidden_isRefusedAsOpenAiDoes(String prompt) {
    var reply = client.images(Map.of("prompt", prompt));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.at("/error/message"))
        .startsWith("Your request was rejected by the safety system.");
    assertThat(reply.at("/error/type")).isEqualTo("image_generation_user_error");
    assertThat(reply.at("/error/code")).isEqualTo("moderation_blocked");
    assertThat(reply.json().at("/error/param").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          prompt, `""`
          prompt, `"  "`
          prompt, 5
          prompt, null
          n, 0
          n, 5
          n, `"1"`
          n, 1.5
          seed, `"42"`
          seed, 1e3
          seed, 99999999999999999999
          model, 3
          response_format, `"jpeg"`
          size, `"1024"`
          size, `"15x1024"`
          size, `"1024x4097"`
          size, `"-16x16"`
          size, 1024
          """)
  void parameter_outOfOrder_isNamed(String parameter, String json) {
    var order = new HashMap<String, Object>(Map.of("prompt", "a pear", "size", "16x16"));
    order.put(parameter, DemoClient.JSON.readTree(json));

    var reply = client.images(order);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.at("/error/param")).isEqualTo(parameter);
    assertThat(reply.at("/error/type")).isEqualTo("invalid_request_error");
  }

  @Test
  void parameter_unknown_isIgnored() {
    var reply = client.images(order("quality", "high"));

    assertThat(reply.status()).isEqualTo(200);
  }

  private static Map<String, Object> order(String parameter, Object value) {
    var order = new HashMap<String, Object>(Map.of("prompt", "a pear", "size", "32x32"));
    order.put(parameter, value);
    return order;
  }

  private static Dimension size(byte[] png) throws IOException {
    var image = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(png)));
    return new Dimension(image.getWidth(), image.getHeight());
  }
}
