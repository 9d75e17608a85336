package dev.nectar.cache;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.ExtraParameter;
import dev.nectar.image.ImageExtras;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSize;
import dev.nectar.image.RequestInputs;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheKeyTest {

  private static CacheKey key(String prompt, @Nullable ImageSize size, @Nullable String model) {
    return CacheKey.of(new ImageRequest(prompt, size, model, 42, false));
  }

  /** Made with {@code printf '%s' 'prompt|width|height|model|seed' | sha256sum}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a red apple;;;;42;1d225d9751454d2de6937af1940667cd748f6cc92c9420031c554fd36bdc06ad",
        "a red apple;1024;768;flux;7;299d6601ce8e6d08cb10ae8a12351365923a6bfaefe6e04d307ab4e14539ca85",
        "a|b;;;;42;e3cb969051fa00110d10df7ce80ada6be05dc294f932ff0ffe6e065768515984",
        "100%;;;;42;8bf36e90fe9b70669db89dbeeac720bdd47fe3bbacf93f70ae027a25cf8f9704",
        "a%7Cb;;;;42;61616dcbbad0c44405d27ba56ec466be93de06169acce14b4e0fd5aa0af1a8f5",
        "a red apple;;;def;42;1fbbf5bb9d5a5a02133c94776f04adb5a76719651042bc0e43c618839551a929",
        "a;;;x|y%;42;518ef93ac6f63ed0510826e004cabf5a5d599d52daaec7f6c37d7dd4eddcd0e8",
        "ein Apfel 🍎 größer;512;1024;;0;6e893362fd22ced08967608b68ad0741a9ba98261a2444c021c8fcae743c5cc8"
      })
  void key_isTheHashOfTheEscapedParts(
      String prompt,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable String model,
      int seed,
      String hash) {
    var size = width == null || height == null ? null : new ImageSize(width, height);

    var key = CacheKey.of(new ImageRequest(prompt, size, model, seed, false));

    assertThat(key).hasToString(hash);
    assertThat(CacheKey.parse(hash)).contains(key);
    assertThat(key.abbreviated()).isEqualTo(hash.substring(0, 12));
  }

  /** Made as above, with {@code |image=SHA256} for each input and {@code |mask=SHA256} after it. */
  @Test
  void key_ofInputs_endsWithTheirChecksums() {
    var a = RequestInputs.Input.named("a".repeat(64));
    var b = RequestInputs.Input.named("b".repeat(64));
    var apple = new ImageRequest("a red apple", null, null, 42, false);

    assertThat(CacheKey.of(apple.withInputs(new RequestInputs(List.of(a, b), null))))
        .hasToString("8624885b2bb94a284f9c6300ad07503dd480af4b0aa1a6da71cf9d466c32c7cf");
    assertThat(CacheKey.of(apple.withInputs(new RequestInputs(List.of(b, a), null))))
        .hasToString("63ba563a647a893c31a842233e04628aab2c7298fd38d24f6fe32f83592eff59");
    assertThat(CacheKey.of(apple.withInputs(new RequestInputs(List.of(a), b))))
        .hasToString("fdd2a9648ec0273ff2feab787d63f4c45d1e43265a6e20c383698e2b0f75d055");
    assertThat(CacheKey.of(apple.withInputs(RequestInputs.NONE))).isEqualTo(CacheKey.of(apple));
  }

  @Test
  void key_ofAPromptInWhitespace_isThatOfThePromptAlone() {
    assertThat(key(" \n an apple\t", null, null)).isEqualTo(key("an apple", null, null));
  }

  @Test
  void key_ofADrawnSeed_isThatOfTheSeed() {
    assertThat(CacheKey.of(new ImageRequest("an apple", null, null, 42, true)))
        .isEqualTo(key("an apple", null, null));
  }

  /** Made in the same way; what was not given leaves no trace. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a red apple;guidance_scale=7.5&seed=7&model=flux&width=1024&height=768&quality=high;2e60f37191138cb82c6dccf7cb0bfb6bf47ac94c5e0538e0943d4144319c1337",
        "a;negative_prompt=x|style=y%;061b86d636ba87082e516e73091b48e7d6c9b768c71e16b7c4dc5ab84efd3694",
        "a;enhance=false&guidance_scale=7.00&negative_prompt=no cats&style=vivid&output_format=webp&background=auto&quality=high;604efa18a1c2150011aac8d2ec712dc368b964a095610e5bffab2691567eb416"
      })
  void key_withExtras_holdsThemInTheirOrder(String prompt, String parameters, String hash) {
    var given =
        Arrays.stream(parameters.split("&"))
            .map(parameter -> parameter.split("=", 2))
            .collect(toMap(parameter -> parameter[0], parameter -> parameter[1]));

    assertThat(CacheKey.of(ImageRequest.of(prompt, given::get, new Random(1)))).hasToString(hash);
  }

  /** Words made of what the text form of a key is made of, in every place. */
  @Test
  void keys_ofDifferentRequests_neverCollide() {
    var random = new Random(11);
    var words = List.of("a", "|", "%", "def", "%7C", "%25", "%64ef", "42", "16", "|style=");
    var seen = new HashMap<CacheKey, ImageRequest>();
    for (var i = 0; i < 50_000; i++) {
      var request =
          new ImageRequest(
              phrase(words, random),
              random.nextBoolean() ? null : new ImageSize(16, 42),
              random.nextBoolean() ? null : phrase(words, random),
              random.nextBoolean() ? 42 : 16,
              false,
              extras(words, random));
      assertThat(seen.merge(CacheKey.of(request), request, (first, second) -> first))
          .isEqualTo(request);
    }
  }

  private static ImageExtras extras(List<String> words, Random random) {
    var values = new EnumMap<ExtraParameter, String>(ExtraParameter.class);
    for (var extra : List.of(ExtraParameter.STYLE, ExtraParameter.NEGATIVE_PROMPT)) {
      if (random.nextInt(3) == 0) {
        values.put(extra, phrase(words, random));
      }
    }
    return new ImageExtras(values);
  }

  private static String phrase(List<String> words, Random random) {
    var phrase = new StringBuilder();
    for (var length = 1 + random.nextInt(4); length > 0; length--) {
      phrase.append(words.get(random.nextInt(words.size())));
    }
    return phrase.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "../../../../../../../../../../../../../../../../../../etc/passwd00",
        "G0000000000000000000000000000000000000000000000000000000000000000",
        "A000000000000000000000000000000000000000000000000000000000000000"
      })
  void text_thatIsNoKey_isNotParsed(String text) {
    assertThat(CacheKey.parse(text)).isEmpty();
  }
}
