package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static dev.nectar.server.NectarServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pictures in chats: those that come along, attached or of before, and those that no link leads to.
 */
class ChatPicturesTest extends ChatCase {

  ChatPicturesTest(@TempDir Path cache) {
    super(cache);
  }

  @Test
  void picture_thatTheUserAttached_isWhatItIsPaintedFrom() throws Exception {
    var answer =
        chat(
            """
            {"messages":[{"role":"user","content":[{"type":"text","text":"bluer"},
             {"type":"image_url","image_url":{"url":"%s"}}]}]}
            """
                .formatted(DATA_URL));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(painter.calls().getLast().getBody()).containsSequence(PNG);
    var url = json(answer).at("/choices/0/message/images/0/image_url/url").asString();
    assertThat(url).contains("image=sha256%3A");
    assertThat(nectar.get(target(url)).body()).isEqualTo(PNG);
  }

  /** Our own link, which is resolved and not fetched: its address would be refused. */
  @Test
  void picture_thatTheAssistantMadeLast_isWhatTheNextIsPaintedFrom() throws Exception {
    var first = json(chat(asks("an apple", ""))).at("/choices/0/message/content").asString();
    var next =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "messages",
                    List.of(
                        Map.of("role", "user", "content", "an apple"),
                        Map.of("role", "assistant", "content", first),
                        Map.of("role", "user", "content", "bluer"))));

    var answer = chat(next);

    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    assertThat(painter.calls()).hasSize(2);
    assertThat(painter.calls().getLast().getBody()).containsSequence(PNG);
  }

  /** Chats send back all that was painted before. */
  @Test
  void history_ofMegabytes_isTaken() throws Exception {
    var large =
        "data:image/png;base64,"
            + Base64.getEncoder().encodeToString(SampleImages.png(5_000_000, 2));
    var answer =
        chat(
            """
            {"messages":[{"role":"user","content":"an apple"},
             {"role":"assistant","content":"![an apple](%s)"},
             {"role":"user","content":"a pear"}],"stream":false}
            """
                .formatted(large));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(painter.calls().getLast().getBodyAsString()).contains("a pear");
  }

  @Test
  void picture_withoutLinks_goesAlong(@TempDir Path cache) throws Exception {
    try (var server = NectarServer.start(cache, painter.url(), Map.of("URL_SIGNING_KEYS", "off"))) {
      var message = json(chat(server, asks("a \"quoted\" one", ""))).at("/choices/0/message");
      assertThat(message.at("/images/0/image_url/url").asString()).isEqualTo(DATA_URL);
      assertThat(message.get("content").asString())
          .isEqualTo("![a \"quoted\" one](" + DATA_URL + ")");

      var known = asks("kept", ",\"seed\":1,\"stream\":true");
      for (var use : List.of("made", "found")) {
        var chunks = chunks(events(chat(server, known)));
        assertThat(chunks.get(1).at("/choices/0/delta/content").asString())
            .as(use)
            .isEqualTo("![kept](" + DATA_URL + ")");
      }
    }
  }

  @Test
  void prompt_thatNoLinkCanHold_isAnsweredWithThePictureItself() throws Exception {
    var message = json(chat(asks("湖".repeat(10_000), ""))).at("/choices/0/message");

    assertThat(message.at("/images/0/image_url/url").asString()).isEqualTo(DATA_URL);
  }

  @Test
  void demo_takesAConversationOfMegabytes(@TempDir Path cache) throws Exception {
    try (var demo =
        NectarServer.start(cache, "http://unused", Map.of("spring.profiles.active", "demo"))) {
      var large = "data:image/png;base64," + "A".repeat(3 << 20);
      var body =
          asks("a pear", ",\"size\":\"64x64\",\"model\":\"demo-painter\"")
              .replace(
                  "\"messages\":[",
                  "\"messages\":[{\"role\":\"assistant\",\"content\":\"![x](" + large + ")\"},");
      // As curl does it.
      var form = "application/x-www-form-urlencoded";
      var answer =
          demo.send("POST", PATH, body, "Authorization", "Bearer demo", "Content-Type", form);

      assertThat(answer.statusCode()).isEqualTo(200);
      var url = json(answer).at("/choices/0/message/images/0/image_url/url").asString();
      var picture = demo.get(target(url));
      assertThat(header(picture, "Content-Type")).isEqualTo("image/png");
      assertThat(header(picture, "X-Image-Size")).isEqualTo("64x64");
    }
  }
}
