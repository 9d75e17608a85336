package dev.nectar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nectar.image.InvalidImageRequestException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {

  @Test
  void query_missing_hasNoParameters() {
    assertThat(new QueryParameters(null).get("a")).isNull();
    assertThat(new QueryParameters("").get("a")).isNull();
  }

  @Test
  void value_isDecoded() {
    var parameters = new QueryParameters("a=x+y%2Bz&b=&c&=d&e=1=2");

    assertThat(parameters.get("a")).isEqualTo("x y+z");
    assertThat(parameters.get("b")).isEmpty();
    assertThat(parameters.get("c")).isNull();
    assertThat(parameters.get("e")).isEqualTo("1=2");
  }

  @Test
  void name_twice_firstCounts() {
    assertThat(new QueryParameters("a=1&a=2").get("a")).isEqualTo("1");
  }

  @Test
  void all_isEverythingThatTheQueryHolds() {
    assertThat(new QueryParameters("a=1&&b=x+y%2Bz&a=2&c&=d").all())
        .containsExactly(
            Map.entry("a", "1"),
            Map.entry("b", "x y+z"),
            Map.entry("a", "2"),
            Map.entry("c", ""),
            Map.entry("", "d"));
    assertThat(new QueryParameters(null).all()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%61=1", "a+b=1", "a=%zz"})
  void all_withAnEncodedNameOrAMalformedValue_isRefused(String query) {
    assertThatThrownBy(() -> new QueryParameters(query).all())
        .isInstanceOf(InvalidImageRequestException.class);
  }

  @Test
  void value_malformed_isRefusedOnlyWhenAskedFor() {
    var parameters = new QueryParameters("a=%zz&b=1");

    assertThat(parameters.get("b")).isEqualTo("1");
    assertThatThrownBy(() -> parameters.get("a"))
        .isInstanceOf(InvalidImageRequestException.class)
        .hasMessageContaining("'a'");
  }
}
