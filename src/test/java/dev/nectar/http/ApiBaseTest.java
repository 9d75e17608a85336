package dev.nectar.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiBaseTest {

  @ParameterizedTest
  @CsvSource({
    "https://a, https://a/v1/x",
    "https://a/, https://a/v1/x",
    "https://a/v1, https://a/v1/x",
    "https://a/v1/, https://a/v1/x",
    "https://a/openai, https://a/openai/v1/x",
    "https://a/openai/v1, https://a/openai/v1/x",
    "https://a/openai/v1/, https://a/openai/v1/x",
    "http://a:81/v1?k=v, http://a:81/v1/x?k=v",
    "http://[::1]:81, http://[::1]:81/v1/x",
    "https://u:p@a/v1, https://a/v1/x"
  })
  void endpoint_isUnderVersionOne(String base, String endpoint) {
    assertThat(ApiBase.parse(base).endpoint("x")).hasToString(endpoint);
  }

  @Test
  void publicForm_hasNoUserInfoAndNoQuery() {
    assertThat(ApiBase.parse("https://u:p@a:81/b/v1?api_key=s").publicForm())
        .isEqualTo("https://a:81/b/v1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ftp://a", "https://", "https:///v1", "https://a b", "https://a#b"})
  void text_noHttpUrl_isNotValid(String text) {
    assertThat(ApiBase.isValid(text)).isFalse();
  }
}
