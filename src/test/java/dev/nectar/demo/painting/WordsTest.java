package dev.nectar.demo.painting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @Test
  void prompt_withPunctuation_isReadWordByWord() {
    assertThat(Words.of(" A red—Apple, (ripe)! 3x").all())
        .containsExactly("a", "red", "apple", "ripe", "x");
  }

  @ParameterizedTest
  @CsvSource({"apple,apples", "cherry,cherries", "peach,peaches"})
  void word_inThePlural_isKnownToo(String one, String many) {
    assertThat(Words.of(one).names(one)).isTrue();
    assertThat(Words.of(many).names(one)).isTrue();
    assertThat(Words.of(one).namesMany(one)).isFalse();
    assertThat(Words.of(many).namesMany(one)).isTrue();
  }

  @Test
  void word_withinAnother_isNotNamed() {
    assertThat(Words.of("pineapple pearl").names("apple", "pear")).isFalse();
  }

  @Test
  void meanings_ofSeveralWords_comeInTheOrderOfThePrompt() {
    var meanings = Map.of("red", 1, "blue", 2);

    assertThat(Words.of("a blue and red bird").first(meanings)).hasValue(2);
    assertThat(Words.of("a green bird").first(meanings)).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "a red apple, APPLE",
    "two cherries, CHERRY",
    "a lemon beside an apple, LEMON",
    "peaches, PEACH"
  })
  void fruit_namedFirst_isTheOne(String prompt, Fruit fruit) {
    assertThat(Fruit.in(Words.of(prompt))).hasValue(fruit);
  }

  @Test
  void fruit_notNamed_isNone() {
    assertThat(Fruit.in(Words.of("a red car"))).isEmpty();
  }
}
