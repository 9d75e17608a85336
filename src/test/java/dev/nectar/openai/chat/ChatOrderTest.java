package dev.nectar.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nectar.image.ExtraParameter;
import dev.nectar.image.ImageSize;
import dev.nectar.image.InvalidImageRequestException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ChatOrderTest {

  private static ChatOrder of(String members) {
    var body = "{'messages':[{'role':'user','content':'an apple'}]" + members + "}";
    return ChatOrder.of(
        JsonMapper.shared().readTree(body.replace('\'', '"')), Optional.empty(), new Random(1));
  }

  @Test
  void order_ofAPromptAlone_leavesTheRestOpen() {
    var order = of("");

    assertThat(order.count()).isEqualTo(1);
    assertThat(order.seedNamed()).isFalse();
    var image = order.first();
    assertThat(image.prompt()).isEqualTo("an apple");
    assertThat(image.size()).isNull();
    assertThat(image.model()).isNull();
    assertThat(order.inputs().images()).isEmpty();
    assertThat(order.streamed()).isFalse();
    assertThat(order.usageTold()).isFalse();
  }

  @Test
  void parameters_ofImages_areTakenUp() {
    var order =
        of(",'model':'flux','seed':7,'size':'512x256','quality':'high','negative_prompt':'a worm'");
    var image = order.first();

    assertThat(image.model()).isEqualTo("flux");
    assertThat(image.seed()).isEqualTo(7);
    assertThat(order.seedNamed()).isTrue();
    assertThat(image.size()).isEqualTo(new ImageSize(512, 256));
    assertThat(image.extras().values())
        .containsEntry(ExtraParameter.QUALITY, "high")
        .containsEntry(ExtraParameter.NEGATIVE_PROMPT, "a worm");
  }

  @Test
  void parameters_ofOtherModels_areIgnored() {
    var order =
        of(
            ",'seed':null,'size':null,'n':null,'stream':null,'temperature':0.7,'max_tokens':5"
                + ",'style':{'a':1},'background':false,'modalities':['image','text'],'tools':[]"
                + ",'response_format':{'type':'text'},'user':'me'");

    assertThat(order.first().extras().isEmpty()).isTrue();
    assertThat(order.first().size()).isNull();
  }

  @Test
  void widthAndHeight_standForASize() {
    assertThat(of(",'width':512,'height':256").first().size()).isEqualTo(new ImageSize(512, 256));
  }

  @ParameterizedTest
  @CsvSource({"3", "3.0", "'3'"})
  void choices_areCountedHoweverTheNumberIsWritten(String n) {
    assertThat(of(",'n':" + n).count()).isEqualTo(3);
  }

  @Test
  void model_ofThePath_comesFirst() {
    var body = "{\"messages\":[{\"role\":\"user\",\"content\":\"an apple\"}],\"model\":\"flux\"}";

    assertThat(
            ChatOrder.of(JsonMapper.shared().readTree(body), Optional.of("sdxl"), new Random(1))
                .first()
                .model())
        .isEqualTo("sdxl");
  }

  @Test
  void stream_isReadWithItsOptions() {
    var order = of(",'stream':true,'stream_options':{'include_usage':true}");

    assertThat(order.streamed()).isTrue();
    assertThat(order.usageTold()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "n, 0",
    "n, 11",
    "n, 1.5",
    "n, '\"x\"'",
    "size, '\"big\"'",
    "size, '\"1x1\"'",
    "seed, '\"x\"'",
    "width, 5"
  })
  void parameter_outOfBounds_isNamed(String name, String value) {
    assertThatThrownBy(() -> of(",'" + name + "':" + value))
        .isInstanceOfSatisfying(
            InvalidImageRequestException.class, e -> assertThat(e.parameter()).isEqualTo(name));
  }

  @Test
  void prompt_thatIsEmpty_isInvalid() {
    var body = "{\"messages\":[{\"role\":\"user\",\"content\":\" \"}]}";

    assertThatThrownBy(
            () -> ChatOrder.of(JsonMapper.shared().readTree(body), Optional.empty(), new Random(1)))
        .isInstanceOf(InvalidImageRequestException.class);
  }
}
