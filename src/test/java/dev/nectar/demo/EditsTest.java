package dev.nectar.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.demo.DemoClient.Reply;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo's back end paints from pictures, by all its protocols. */
@Tag("slow")
class EditsTest {

  private static final String EDITS = "/v1/images/edits";
  private static final String CHAT = "/v1/chat/completions";
  private static final String GEMINI = "/v1beta/models/demo-painter:generateContent";
  private static final String A1111 = "/sdapi/v1/img2img";

  private static final String PROMPT = "a calm lake";
  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;

  private final DemoServer server = DemoServer.start(InstantSource.system());
  private final DemoClient client = DemoClient.of(server);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private static byte[] plain(Color color) throws IOException {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    var graphics = image.createGraphics();
    graphics.setColor(color);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.dispose();
    return png(image);
  }

  /** The left half is to change, by transparency or by being white. */
  private static byte[] mask(int type) throws IOException {
    var mask = new BufferedImage(WIDTH, HEIGHT, type);
    var changed = mask.getColorModel().hasAlpha() ? 0 : 0xffffffff;
    for (var y = 0; y < HEIGHT; y++) {
      for (var x = 0; x < WIDTH; x++) {
        mask.setRGB(x, y, x < WIDTH / 2 ? changed : 0xff000000);
      }
    }
    return png(mask);
  }

  private static byte[] png(BufferedImage image) throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private static MultipartEntityBuilder form(String prompt, byte[]... images) {
    var form = MultipartEntityBuilder.create();
    form.addTextBody("prompt", prompt).addTextBody("n", "1").addTextBody("seed", "7");
    for (var image : images) {
      form.addBinaryBody("image[]", image, ContentType.IMAGE_PNG, "image.png");
    }
    return form;
  }

  private Reply edit(MultipartEntityBuilder form) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var entity = form.build()) {
      entity.writeTo(bytes);
      return client.post(
          EDITS, entity.getContentType(), BodyPublishers.ofByteArray(bytes.toByteArray()));
    }
  }

  private static BufferedImage image(String base64) throws IOException {
    var png = Base64.getDecoder().decode(base64.replace("data:image/png;base64,", ""));
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private BufferedImage edited(MultipartEntityBuilder form) throws IOException {
    return image(edit(form).at("/data/0/b64_json"));
  }

  private Reply order(String path, byte[] picture) throws IOException {
    var base64 = Base64.getEncoder().encodeToString(picture);
    return switch (path) {
      case CHAT ->
          client.post(
              path,
              "{\"modalities\":[\"image\"],\"seed\":7,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,%s\"}}]}]}"
                  .formatted(PROMPT, base64));
      case GEMINI ->
          client.post(
              path,
              "{\"contents\":[{\"parts\":[{\"text\":\"%s\"},{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"%s\"}}]}],\"generationConfig\":{\"seed\":7}}"
                  .formatted(PROMPT, base64));
      case A1111 ->
          client.post(
              path,
              "{\"prompt\":\"%s\",\"init_images\":[\"%s\"],\"width\":%d,\"height\":%d,\"seed\":7}"
                  .formatted(PROMPT, base64, WIDTH, HEIGHT));
      default -> edit(form(PROMPT, picture));
    };
  }

  private BufferedImage painted(String path, byte[] picture) throws IOException {
    var pointer =
        switch (path) {
          case CHAT -> "/choices/0/message/images/0/image_url/url";
          case GEMINI -> "/candidates/0/content/parts/0/inlineData/data";
          case A1111 -> "/images/0";
          default -> "/data/0/b64_json";
        };
    return image(order(path, picture).at(pointer));
  }

  @ParameterizedTest
  @ValueSource(strings = {EDITS, CHAT, GEMINI, A1111})
  void input_ofAnyProtocol_shinesThroughThePicture(String path) throws IOException {
    var fromRed = painted(path, plain(Color.RED));
    var fromBlue = painted(path, plain(Color.BLUE));

    assertThat(List.of(fromRed.getWidth(), fromRed.getHeight())).containsExactly(WIDTH, HEIGHT);
    for (var x = 0; x < WIDTH; x += 8) {
      var red = new Color(fromRed.getRGB(x, HEIGHT / 2));
      var blue = new Color(fromBlue.getRGB(x, HEIGHT / 2));
      assertThat(red.getRed() - blue.getRed()).isBetween(163, 167);
      assertThat(blue.getBlue() - red.getBlue()).isBetween(163, 167);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_3BYTE_BGR})
  void mask_saysWhatChanges(int type) throws IOException {
    var form = form(PROMPT, plain(Color.RED));

    var image = edited(form.addBinaryBody("mask", mask(type), ContentType.IMAGE_PNG, "mask.png"));

    var anew = client.images(Map.of("prompt", PROMPT, "size", WIDTH + "x" + HEIGHT, "seed", 7));
    var fresh = image(anew.at("/data/0/b64_json"));
    assertThat(image.getRGB(WIDTH - 1, HEIGHT / 2)).isEqualTo(Color.RED.getRGB());
    assertThat(image.getRGB(3, 5)).isEqualTo(fresh.getRGB(3, 5));
  }

  @Test
  void furtherInput_isPasted() throws IOException {
    var image = edited(form(PROMPT, plain(Color.RED), plain(Color.GREEN)));

    assertThat(image.getRGB(8, HEIGHT - 8)).isEqualTo(Color.GREEN.getRGB());
  }

  @Test
  void size_thatIsNamed_isTheSizeOfThePicture() throws IOException {
    var image = edited(form(PROMPT, plain(Color.RED)).addTextBody("size", "32x48"));

    assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(32, 48);
  }

  @Test
  void input_ofManyMegabytes_isTaken() throws IOException {
    var png = withChunk(plain(Color.RED), 17 << 20);

    assertThat(painted(EDITS, png).getWidth()).isEqualTo(WIDTH);
    assertThat(painted(CHAT, png).getWidth()).isEqualTo(WIDTH);
  }

  /**
   * The same picture with so many bytes of what readers skip before its last chunk, of 12 bytes.
   */
  private static byte[] withChunk(byte[] png, int length) {
    var chunk = ByteBuffer.allocate(length + 12);
    chunk.putInt(length).put("skIp".getBytes(ISO_8859_1));
    var sum = new CRC32();
    sum.update(chunk.array(), 4, length + 4);
    chunk.putInt(length + 8, (int) sum.getValue());
    return ByteBuffer.allocate(png.length + length + 12)
        .put(png, 0, png.length - 12)
        .put(chunk.array())
        .put(png, png.length - 12, 12)
        .array();
  }

  @Test
  void form_withoutAnImage_isABadRequest() throws IOException {
    var reply = edit(form(PROMPT));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.at("/error/param")).isEqualTo("image");
  }

  @Test
  void form_withSomethingElse_isABadRequest() throws IOException {
    assertThat(edit(form(PROMPT, new byte[500])).status()).isEqualTo(400);
    assertThat(client.post(EDITS, "{}").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {CHAT, GEMINI, A1111})
  void input_thatIsNone_isABadRequest(String path) throws IOException {
    assertThat(order(path, new byte[500]).status()).isEqualTo(400);
  }

  @Test
  void prompt_forbidden_isRefused() throws IOException {
    assertThat(edit(form("forbidden fruit", plain(Color.RED))).at("/error/code"))
        .isEqualTo("moderation_blocked");
  }
}
