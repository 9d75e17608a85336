package dev.nectar.web.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.web.QueryParameters;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class AccessKeyTest {

  private static final String KEY = "a:key/with signs";

  private final AccessKey key = new AccessKey(KEY);

  @ParameterizedTest
  @ValueSource(strings = {"key", "token"})
  void parameter_thatIsTheKey_opens(String name) {
    assertThat(opens(name + "=a%3Akey/with+signs", "X-None", "")).isTrue();
    assertThat(opens(name + "=another", "X-None", "")).isFalse();
    assertThat(opens(name + "=%zz", "X-None", "")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, 'Bearer '",
    "authorization, 'bearer  '",
    "api-key, ''",
    "x-api-key, ''",
    "X-API-Key, ''"
  })
  void header_thatHoldsTheKey_opens(String name, String before) {
    assertThat(opens(null, name, before + KEY)).isTrue();
    assertThat(opens(null, name, before + "another")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "api", "user@example.com"})
  void password_thatIsTheKey_opensForAnyUser(String user) {
    assertThat(opens(null, "Authorization", "Basic " + base64(user + ":" + KEY))).isTrue();
    assertThat(opens(null, "Authorization", "basic " + base64(user + ":" + KEY))).isTrue();
    assertThat(opens(null, "Authorization", "Basic " + base64(user + ":other"))).isFalse();
  }

  @Test
  void credentials_thatHoldNoPassword_openNothing() {
    assertThat(opens(null, "Authorization", "Basic " + base64(KEY))).isFalse();
    assertThat(opens(null, "Authorization", "Basic !")).isFalse();
    assertThat(opens(null, "Authorization", "Basic")).isFalse();
    assertThat(opens(null, "Authorization", "Digest " + KEY)).isFalse();
    assertThat(opens(null, "Authorization", KEY)).isFalse();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private boolean opens(@Nullable String query, String header, String value) {
    var request = new MockHttpServletRequest();
    request.addHeader(header, value);
    return key.opens(request, new QueryParameters(query));
  }
}
