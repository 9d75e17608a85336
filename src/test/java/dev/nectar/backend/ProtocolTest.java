package dev.nectar.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.http.ApiBase;
import dev.nectar.settings.SettingsBinder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which protocol a back end is spoken to by. */
class ProtocolTest {

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com, images",
    "https://api.example.com/v1, images",
    "https://api.example.com/v1/images/generations, images",
    "https://openrouter.ai/api/v1/chat/completions, chat",
    "https://openrouter.ai/api/v1/chat/completions/, chat",
    "https://generativelanguage.googleapis.com, gemini",
    "https://generativelanguage.googleapis.com/v1beta, gemini",
    "https://generativelanguage.googleapis.com/v1beta/openai, images",
    "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions, chat",
    "https://relay.example.com/v1beta/models/gemini-2.5-flash-image:generateContent, gemini",
    "http://localhost:7860, images",
    "http://localhost:7860/sdapi/v1/txt2img, a1111",
    "http://user:pass@localhost:7860/sdapi/v1, a1111"
  })
  void url_tellsTheProtocol(String url, String label) {
    assertThat(Protocol.of(ApiBase.parse(url)).label()).isEqualTo(label);
  }

  @Test
  void setting_winsOverTheUrl() {
    var settings =
        bound(
            Map.of(
                "BACKEND_API_URLS",
                "https://a/v1/chat/completions,https://b",
                "BACKEND_PROTOCOLS",
                "{\"https://a/v1/chat/completions\": \"images\", \"https://b\": \"A1111\"}"));

    assertThat(settings.protocolOf("https://a/v1/chat/completions")).isEqualTo(Protocol.IMAGES);
    assertThat(settings.protocolOf("https://b")).isEqualTo(Protocol.A1111);
  }

  @Test
  void setting_ofAnUnknownProtocol_isAFaultThatNamesThoseThereAre() {
    assertThat(
            faults(
                Map.of(
                    "BACKEND_API_URLS", "https://a",
                    "BACKEND_PROTOCOLS", "{\"https://a\": \"midjourney\"}")))
        .contains("BACKEND_PROTOCOLS", "images, chat, gemini, a1111");
    assertThat(
            faults(
                Map.of(
                    "BACKEND_API_URLS", "https://a",
                    "BACKEND_PROTOCOLS", "{\"https://b\": \"chat\"}")))
        .contains("BACKEND_PROTOCOLS", "exactly as in BACKEND_API_URLS");
  }

  @ParameterizedTest
  @CsvSource({
    "https://a/v1/chat/completions, , , chat",
    "https://generativelanguage.googleapis.com, , , gemini",
    "https://a/v1/chat/completions, painter, , ",
    "https://a/v1/chat/completions, , '{\"https://a/v1/chat/completions\": {\"*\": \"m\"}}', ",
    "https://a/v1beta/models/m:generateContent, , , ",
    "http://localhost:7860/sdapi/v1/txt2img, , , ",
    "https://a, , , "
  })
  void model_missingWhereOneIsNeeded_isAFaultThatSaysWhatToSet(
      String url, String defaultModel, String map, String protocol) {
    Map<String, String> settings = new HashMap<>();
    settings.put("BACKEND_API_URLS", url);
    settings.put("DEFAULT_MODEL", defaultModel);
    settings.put("MODEL_MAP", map);

    if (protocol == null) {
      assertThat(faults(settings)).isEqualTo("[]");
    } else {
      assertThat(faults(settings)).contains("DEFAULT_MODEL", "MODEL_MAP", protocol);
    }
  }

  @Test
  void models_toldToClients_areWithoutTheStar() {
    var settings =
        bound(
            Map.of(
                "BACKEND_API_URLS",
                "https://a",
                "MODEL_MAP",
                "{\"https://a\": {\"flux\": \"f\", \"*\": \"any\"}}"));

    assertThat(settings.modelNames()).containsExactly("flux");
  }

  private static BackendSettings bound(Map<String, String> values) {
    return new SettingsBinder(values::get).bind(BackendSettings.class);
  }

  private static String faults(Map<String, String> values) {
    var binder = new SettingsBinder(values::get);
    binder.bind(BackendSettings.class);
    return binder.faults().toString();
  }
}
