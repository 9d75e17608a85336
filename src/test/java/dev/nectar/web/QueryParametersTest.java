package dev.nectar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nectar.image.InvalidImageRequestException;
import org.junit.jupiter.api.Test;

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
  void value_malformed_isRefusedOnlyWhenAskedFor() {
    var parameters = new QueryParameters("a=%zz&b=1");

    assertThat(parameters.get("b")).isEqualTo("1");
    assertThatThrownBy(() -> parameters.get("a"))
        .isInstanceOf(InvalidImageRequestException.class)
        .hasMessageContaining("'a'");
  }
}
