package dev.nectar.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariableNamesTest {

  private final VariableNames names =
      new VariableNames(
          Set.of("BACKEND_API_URLS", "PROXY_ACCESS_KEY", "PORT", "S3_REGION", "ADMIN_TOKEN"));

  @ParameterizedTest
  @CsvSource({
    "BACKEND_API_URL, BACKEND_API_URLS",
    "BACKEND_URLS, BACKEND_API_URLS",
    "backend_api_urls, BACKEND_API_URLS",
    "PROXY_ACESS_KEY, PROXY_ACCESS_KEY",
    "ADMINTOKEN, ADMIN_TOKEN",
    "PORTS, PORT",
  })
  void misspelledName_isRecognized(String name, String meant) {
    assertThat(names.meantBy(name)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PORT", "ADMIN_TOKEN", "HOST", "TZ", "AWS_REGION", "COMPOSE_PROJECT_NAME", "A"})
  void nameOfItsOwn_isLeftAlone(String name) {
    assertThat(names.meantBy(name)).isEmpty();
  }

  @Test
  void unknownNames_inAFileOfThisServer_areToldUnlessOthersReadThem() {
    assertThat(
            names.unknown(
                List.of("PORT", "PORTS", "COLOUR", "COMPOSE_FILE", "SERVER_TOMCAT_THREADS", "TZ")))
        .containsExactly(
            "'PORTS' sets nothing of this server. Is PORT meant?",
            "'COLOUR' sets nothing of this server.");
  }

  @Test
  void unknownNames_amongThoseOfEverybody_areToldIfTheyAreMisspelled() {
    assertThat(names.misspelled(List.of("PATH", "S3_REGIONS", "COLOUR", "PORT")))
        .containsExactly("'S3_REGIONS' sets nothing of this server. Is S3_REGION meant?");
  }
}
