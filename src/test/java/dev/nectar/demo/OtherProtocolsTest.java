package dev.nectar.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo's back end as a chat model, as Gemini and as Automatic1111. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class OtherProtocolsTest {

  private static final String CHAT = "/v1/chat/completions";
  private static final String GEMINI = "/v1beta/models/demo-painter:generateContent";
  private static final String A1111 = "/sdapi/v1/txt2img";

  private final DemoServer server = DemoServer.start(InstantSource.system());
  private final DemoClient client = DemoClient.of(server);
  private byte @Nullable [] openAi;

  @AfterAll
  void close() {
    client.close();
    server.close();
  }

  private static String order(String path, String prompt) {
    return switch (path) {
      case CHAT ->
          "{\"model\":\"m\",\"modalities\":[\"image\",\"text\"],\"image_config\":{\"aspect_ratio\":\"4:3\"},\"seed\":7,"
              + "\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(prompt);
      case GEMINI ->
          "{\"contents\":[{\"parts\":[{\"text\":\"%s\"}]}],\"generationConfig\":{\"imageConfig\":{\"aspectRatio\":\"4:3\"},\"seed\":7}}"
              .formatted(prompt);
      default -> "{\"prompt\":\"%s\",\"width\":1024,\"height\":768,\"seed\":7}".formatted(prompt);
    };
  }

  @ParameterizedTest
  @CsvSource({
    CHAT + ", /choices/0/message/images/0/image_url/url",
    GEMINI + ", /candidates/0/content/parts/0/inlineData/data",
    A1111 + ", /images/0"
  })
  void order_ofAnyProtocol_isPaintedTheSame(String path, String pointer) throws IOException {
    var base64 = client.post(path, order(path, "waves of silk")).at(pointer);

    var png = Base64.getDecoder().decode(base64.replace("data:image/png;base64,", ""));
    var image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth() + "x" + image.getHeight()).isEqualTo("1024x768");
    if (openAi == null) {
      openAi =
          client
              .post(
                  "/v1/images/generations",
                  "{\"prompt\":\"waves of silk\",\"size\":\"1024x768\",\"seed\":7}")
              .image(0);
    }
    assertThat(png).isEqualTo(openAi);
  }

  @Test
  void prompt_forbidden_isRefusedAsEachProtocolDoes() {
    assertThat(client.post(CHAT, order(CHAT, "forbidden fruit")).at("/error/code"))
        .isEqualTo("moderation_blocked");
    assertThat(
            client.post(GEMINI, order(GEMINI, "forbidden fruit")).at("/promptFeedback/blockReason"))
        .isEqualTo("PROHIBITED_CONTENT");
    assertThat(client.post(A1111, order(A1111, "forbidden fruit")).at("/code"))
        .isEqualTo("moderation_blocked");
  }

  @ParameterizedTest
  @ValueSource(strings = {CHAT, GEMINI, A1111})
  void body_thatIsNoOrder_isABadRequest(String path) {
    assertThat(client.post(path, "{").status()).isBetween(400, 422);
    assertThat(client.post(path, order(path, "")).status()).isBetween(400, 422);
  }
}
