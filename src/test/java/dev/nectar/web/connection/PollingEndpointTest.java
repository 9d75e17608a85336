package dev.nectar.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollingEndpointTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1, true",
    "100, 1, true",
    "100, 2, true",
    "1, 4, true",
    "8, 4, true",
    "9, 4, false",
    "100, 64, false"
  })
  void backlog_isLeftToOtherProcessors_whereThereAreEnough(
      int arrived, int processors, boolean here) {
    assertThat(PollingEndpoint.mayAnswer(arrived, processors)).isEqualTo(here);
  }
}
