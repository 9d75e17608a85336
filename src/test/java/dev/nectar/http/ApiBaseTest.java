package dev.nectar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiBaseTest {

  @ParameterizedTest
  @CsvSource({
    "https://a, https://a/v1/images/generations",
    "https://a/, https://a/v1/images/generations",
    "https://a//, https://a/v1/images/generations",
    "https://a/longer/path, https://a/longer/path/v1/images/generations",
    "https://a/openai, https://a/openai/v1/images/generations",
    "https://a/vision/api, https://a/vision/api/v1/images/generations",
    "https://a/dev1, https://a/dev1/v1/images/generations",
    "http://[::1]:81, http://[::1]:81/v1/images/generations",
    "https://u:p@a, https://a/v1/images/generations",
    "http://an_llm:11434, http://an_llm:11434/v1/images/generations",
    "http://u:p@an_llm, http://an_llm/v1/images/generations",
    "https://a?k=v, https://a/v1/images/generations?k=v",
  })
  void endpoint_ofABaseWithoutVersion_isUnderVersionOne(String base, String endpoint) {
    assertThat(ApiBase.parse(base).endpoint("images/generations")).hasToString(endpoint);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a/v1, https://a/v1/images/generations",
    "https://a/v1/, https://a/v1/images/generations",
    "https://a/api/v3, https://a/api/v3/images/generations",
    "https://a/api/paas/v4, https://a/api/paas/v4/images/generations",
    "https://a/v1beta/openai, https://a/v1beta/openai/images/generations",
    "https://a/v1/openai, https://a/v1/openai/images/generations",
    "https://a/openai/v1/, https://a/openai/v1/images/generations",
    "http://a:81/v1?k=v%20w, http://a:81/v1/images/generations?k=v%20w",
    "https://a.openai.azure.com/openai/deployments/d?api-version=2025-04-01-preview,"
        + " https://a.openai.azure.com/openai/deployments/d/images/generations?api-version=2025-04-01-preview",
  })
  void endpoint_ofABaseWithAVersion_hasNothingInserted(String base, String endpoint) {
    assertThat(ApiBase.parse(base).endpoint("images/generations")).hasToString(endpoint);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a/v1/images/generations, images/generations",
    "https://a/images/generations?k=v, images/generations",
    "https://a/v1/images/generations/, images/generations",
    "https://a/api/images, images/generations",
    "https://a/chat/completions, chat/completions",
    "https://a/v1beta/models/m:generateContent, models/other:generateContent",
    "http://a:7860/sdapi/v1/txt2img, sdapi/v1/txt2img",
  })
  void endpoint_thatTheUrlEndsIn_isExactlyThat(String url, String path) {
    assertThat(ApiBase.parse(url).endpoint(path)).hasToString(url);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a/v1/images/generations, images/edits, https://a/v1/images/edits",
    "https://a/v1/images, images/edits, https://a/v1/images/edits",
    "https://a/api/images/edits?k=v, images/generations, https://a/api/images/generations?k=v",
    "https://a/v2/images/generations/, chat/completions, https://a/v2/chat/completions",
    "https://a/chat/completions, models, https://a/models",
    "http://a/sdapi/v1/txt2img, sdapi/v1/img2img, http://a/sdapi/v1/img2img",
  })
  void endpoint_besideTheOneThatTheUrlEndsIn_takesItsPlace(
      String url, String path, String endpoint) {
    assertThat(ApiBase.parse(url).endpoint(path)).hasToString(endpoint);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a, chat/completions, https://a/v1/chat/completions",
    "https://a, models/m:generateContent, https://a/v1beta/models/m:generateContent",
    "https://a/v1, models/m:generateContent, https://a/v1/models/m:generateContent",
    "http://a:7860, sdapi/v1/txt2img, http://a:7860/sdapi/v1/txt2img",
    "http://a/sd/, sdapi/v1/img2img, http://a/sd/sdapi/v1/img2img",
  })
  void endpoint_ofAnotherProtocol_hasItsOwnVersion(String base, String path, String endpoint) {
    assertThat(ApiBase.parse(base).endpoint(path)).hasToString(endpoint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.openai.azure.com/openai/v1",
        "https://A.Services.AI.Azure.com",
        "https://a.cognitiveservices.azure.com:443/openai/deployments/d",
      })
  void credentials_ofAzure_areAnApiKeyToo(String url) {
    assertThat(ApiBase.parse(url).credentials("t"))
        .containsOnly(entry("Authorization", "Bearer t"), entry("api-key", "t"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://a", "https://openai.azure.com.a", "https://u:p@an_llm/v1"})
  void credentials_withAToken_areABearerToken(String url) {
    assertThat(ApiBase.parse(url).credentials("t"))
        .containsOnly(entry("Authorization", "Bearer t"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://u:p%40+@a", "https://u:p%40+@an_llm:81/v1"})
  void credentials_withoutAToken_areTheUserInfo(String url) {
    assertThat(ApiBase.parse(url).credentials(null))
        .containsOnly(entry("Authorization", "Basic dTpwQCs="));
    assertThat(ApiBase.parse("https://a").credentials(null)).isEmpty();
  }

  @Test
  void publicForm_hasNoUserInfoAndNoQuery() {
    assertThat(ApiBase.parse("https://u:p@a:81/b/v1?api_key=s").publicForm())
        .isEqualTo("https://a:81/b/v1");
    assertThat(ApiBase.parse("https://u:p@a_b/v1").publicForm()).isEqualTo("https://a_b/v1");
  }

  @Test
  void names_ofAlikes_areApart() {
    assertThat(
            ApiBase.publicNames(
                List.of("https://a/v1?t=1", "https://b", "https://u:p@a/v1", "https://a/v1?t=2")))
        .containsExactly(
            Map.entry("https://a/v1?t=1", "https://a/v1"),
            Map.entry("https://b", "https://b"),
            Map.entry("https://u:p@a/v1", "https://a/v1#2"),
            Map.entry("https://a/v1?t=2", "https://a/v1#3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://an_llm", "http://an_llm:11434/v1", "https://u:p@a_b.c", "http://[::1]"})
  void text_httpUrl_isValid(String text) {
    assertThat(ApiBase.isValid(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "ftp://a",
        "https://",
        "https:///v1",
        "https://a b",
        "https://a#b",
        "https://:80",
        "https://a,b",
        "https://a_b:port",
        "https://a@b@c_d",
      })
  void text_noHttpUrl_isNotValid(String text) {
    assertThat(ApiBase.isValid(text)).isFalse();
  }
}
