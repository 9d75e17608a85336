package dev.nectar.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The stages of a generation, as an event stream tells them. */
@Tag("slow")
class ProgressStagesTest {

  @Test
  void stages_ofAPromptThatAllRefuse_areEachTold(@TempDir Path directory) throws Exception {
    try (var painter = Painter.start();
        var llm = Painter.start()) {
      painter.fails(400, "{\"error\":{\"code\":\"moderation_blocked\"}}");
      painter
          .server()
          .stubFor(get(anyUrl()).willReturn(aResponse().withBody(SampleImages.png(3_000, 1))));
      llm.answers(says("a calm scene"));
      llm.server()
          .stubFor(
              post(anyUrl())
                  .withRequestBody(containing("a calm scene"))
                  .willReturn(says("a calmer scene")));
      var settings =
          Map.of(
              "POLLINATIONS_ENABLED",
              "true",
              "POLLINATIONS_URL",
              painter.url() + "/prompt",
              "LLM_OPTIMIZATION_ENABLED",
              "true",
              "LLM_OPTIMIZATION_API_URL",
              llm.url(),
              "LLM_OPTIMIZATION_TOKEN",
              "a-token",
              "DE_NSFW_ENABLED",
              "true",
              "DE_NSFW_MAX_ATTEMPTS",
              "1");
      try (var server = NectarServer.start(directory, painter.url(), settings)) {
        assertThat(steps(server))
            .containsExactly(
                "queued",
                "optimizing",
                "generating 1 of 1",
                "refused",
                "rewriting",
                "generating 1 of 1",
                "refused",
                "fallback",
                "storing",
                "done");
      }
    }
  }

  @Test
  void attempts_atOtherBackEnds_areCounted(@TempDir Path directory) throws Exception {
    try (var painter = Painter.start()) {
      painter.fails(500, "");
      var three = painter.url() + "/a," + painter.url() + "/b," + painter.url() + "/c";
      try (var server = NectarServer.start(directory, three)) {
        assertThat(steps(server))
            .containsExactly(
                "queued", "generating 1 of 3", "generating 2 of 3", "generating 3 of 3", "failed");
      }
    }
  }

  private static ResponseDefinitionBuilder says(String prompt) {
    return okJson(
        "{\"choices\":[{\"message\":{\"content\":\"<prompt>" + prompt + "</prompt>\"}}]}");
  }

  /** The events of a generation, with the attempt where one is told. */
  private static List<String> steps(NectarServer server) throws Exception {
    var events =
        NectarServer.text(
            server.get(NectarServer.target("a wild scene"), "Accept", "text/event-stream"));
    return Pattern.compile("event: (.*)\ndata: (.*)\n")
        .matcher(events)
        .results()
        .map(event -> {
          var data = JsonMapper.shared().readTree(event.group(2));
          return data.has("attempt")
              ? "%s %s of %s".formatted(event.group(1), data.get("attempt"), data.get("of"))
              : event.group(1);
        })
        .toList();
  }
}
