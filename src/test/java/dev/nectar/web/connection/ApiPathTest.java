package dev.nectar.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiPathTest {

  @ParameterizedTest
  @CsvSource({
    "/v1/images/generations, /v1/images/generations,",
    "/v1/images/generations/, /v1/images/generations,",
    "//v1//images///generations//, /v1/images/generations,",
    "/v1/v1/images/generations, /v1/images/generations,",
    "/images/generations, /v1/images/generations,",
    "/chat/completions, /v1/chat/completions,",
    "/openai/v1/images/edits, /v1/images/edits,",
    "/openai/images/generations, /v1/images/generations,",
    "/openai/chat/completions, /v1/chat/completions,",
    "/openai/models, /v1/models,",
    "/v1/models/, /v1/models,",
    "/v1/models/m, /v1/models, m",
    "/models/m, /v1/models, m",
    "/v1/models/black%2Fflux, /v1/models, black%2Fflux",
    "/v1/models/black/flux, /v1/models, black/flux",
    "/openai/deployments/my%20flux/images/generations, /v1/images/generations, my%20flux",
    "/openai/deployments/m/chat/completions/, /v1/chat/completions, m",
    "/openai/deployments, /v1/deployments,",
    "/v1, /v1,",
    "/v1/, /v1,",
    "/openai, /v1,",
    "/v1/nothing, /v1/nothing,",
    "/v1/x%2Fy, /v1/x%2Fy,"
  })
  void path_ofTheApi_isBroughtBelowV1(String raw, String path, String model) {
    assertThat(ApiPath.of(raw, false)).contains(new ApiPath(path, model));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//",
        "*",
        "/prompt/v1",
        "/image/v1/models",
        "/models",
        "/models/",
        "/status",
        "/v10/images",
        "/imagesque",
        "/v1;a=b/models",
        "/%76%31/models"
      })
  void path_ofAnythingElse_isNone(String raw) {
    assertThat(ApiPath.of(raw, false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/models", "//models/"})
  void models_askedWithAKey_areOpenAis(String raw) {
    assertThat(ApiPath.of(raw, true)).contains(new ApiPath("/v1/models", null));
  }
}
