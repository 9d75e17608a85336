package dev.nectar.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nectar.image.InvalidImageRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ChatMessagesTest {

  private static final String APPLE = "{'role':'user','content':'an apple'}";

  private static ChatMessages of(String... messages) {
    var body = "{'messages':[" + String.join(",", messages) + "]}";
    return ChatMessages.of(JsonMapper.shared().readTree(body.replace('\'', '"')));
  }

  @Test
  void prompt_isTheTextOfTheLastUser() {
    assertThat(
            of(
                    "{'role':'system','content':'You paint.'}",
                    "{'role':'user','content':'a pear'}",
                    "{'role':'assistant','content':'![a pear](https://a.example/1)'}",
                    "{'role':'user','content':' an apple\\n'}",
                    "{'role':'assistant','content':''}")
                .prompt())
        .isEqualTo("an apple");
  }

  @Test
  void prompt_inParts_isAllTheirText() {
    assertThat(
            of("{'role':'user','content':[{'type':'text','text':'an apple'},"
                    + "{'type':'image_url','image_url':{'url':'https://a.example/1'}},"
                    + "{'type':'text','text':'on a plate'}]}")
                .prompt())
        .isEqualTo("an apple\non a plate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"messages\":[]}",
        "{\"messages\":\"an apple\"}",
        "{\"messages\":[1,null,\"a\"]}",
        "{\"messages\":[{\"role\":\"system\",\"content\":\"You paint.\"}]}"
      })
  void messages_withoutAUser_areInvalid(String body) {
    assertThatThrownBy(() -> ChatMessages.of(JsonMapper.shared().readTree(body)))
        .isInstanceOfSatisfying(
            InvalidImageRequestException.class,
            e -> assertThat(e.parameter()).isEqualTo("messages"));
  }

  @Test
  void inputs_areThoseThatTheUserAttached() {
    assertThat(
            of(
                    "{'role':'assistant','content':'![x](https://a.example/old)'}",
                    "{'role':'user','content':["
                        + "{'type':'image_url','image_url':{'url':'https://a.example/1'}},"
                        + "{'type':'image_url','image_url':'https://a.example/2'},"
                        + "{'type':'text','text':'bluer'}]}")
                .inputs()
                .images())
        .containsExactly("https://a.example/1", "https://a.example/2");
  }

  @Test
  void input_ofAUserWhoAttachedNone_isTheLastThatWasPainted() {
    assertThat(
            of(
                    "{'role':'user','content':'![mine](https://a.example/mine)'}",
                    "{'role':'assistant','content':'![1](https://a.example/1)'}",
                    "{'role':'assistant','content':'see ![a \\\\] b](https://a.example/2) here'}",
                    APPLE)
                .inputs()
                .images())
        .containsExactly("https://a.example/2");
    assertThat(
            of(
                    "{'role':'assistant','content':'','images':["
                        + "{'type':'image_url','image_url':{'url':'https://a.example/3'}}]}",
                    APPLE)
                .inputs()
                .images())
        .containsExactly("https://a.example/3");
  }

  @Test
  void inputs_ofAnOpeningMessage_areNone() {
    assertThat(of(APPLE).inputs().images()).isEmpty();
    assertThat(
            of(APPLE, "{'role':'assistant','content':'![x](https://a.example/later)'}")
                .inputs()
                .images())
        .isEmpty();
  }
}
