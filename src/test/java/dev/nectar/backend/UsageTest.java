package dev.nectar.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class UsageTest {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static Optional<Usage> usage(String json) {
    return Usage.of(JSON.readTree(json));
  }

  @Test
  void numbers_ofAnyDepth_areThereByTheirPointers() {
    assertThat(
            usage(
                "{\"total_tokens\":7,\"cost\":\"4e-05\",\"details\":{\"a/b\":1,\"c~d\":2.5},"
                    + "\"service_tier\":\"default\",\"list\":[1],\"none\":null,\"on\":true}"))
        .contains(
            new Usage(
                Map.of(
                    "/total_tokens", new BigDecimal("7"),
                    "/cost", new BigDecimal("0.00004"),
                    "/details/a~1b", new BigDecimal("1"),
                    "/details/c~0d", new BigDecimal("2.5"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[1]",
        "7",
        "\"7\"",
        "null",
        "{\"cost\":-1}",
        "{\"cost\":\"1e999\"}",
        "{\"cost\":\"1e999999999999\"}",
        "{\"cost\":1000000000001}",
        "{\"cost\":\"NaN\"}",
        "{\"cost\":\"12345678901234567890123\"}",
        "{\"a\":{\"b\":{\"c\":{\"d\":1}}}}"
      })
  void usage_withoutANumberThatCounts_isNone(String json) {
    assertThat(usage(json)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1234567890123456789e-20",
        "1e-400",
        "0.1234567890123456789012345678901234567890",
        "1000000000000",
        "1E+12"
      })
  void cost_plainOrWithAnExponent_isExact(String number) {
    for (var json : List.of(number, '"' + number + '"')) {
      assertThat(usage("{\"cost\":%s}".formatted(json)).flatMap(Usage::cost))
          .hasValueSatisfying(
              cost -> assertThat(cost).isEqualByComparingTo(new BigDecimal(number)));
    }
  }

  @Test
  void sum_ofTwo_hasTheNumbersOfBoth() {
    var sum = usage("{\"a\":1,\"b\":2}").orElseThrow().plus(usage("{\"b\":0.5}").orElseThrow());

    assertThat(sum.numbers())
        .isEqualTo(Map.of("/a", new BigDecimal("1"), "/b", new BigDecimal("2.5")));
  }
}
