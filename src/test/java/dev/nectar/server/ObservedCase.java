package dev.nectar.server;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Tests that look at the work of one server, which reports to a collector. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ObservedCase {

  final Painter painter = Painter.start();
  final Painter fallback = Painter.start();
  final Painter llm = Painter.start();
  final Painter collector = Painter.start();
  final String first = painter.url() + "?tenant=one";
  final String second = painter.url() + "?tenant=two";
  final NectarServer nectar;

  ObservedCase(Path cache) {
    llm.answers(
        WireMock.okJson(
            """
            {"choices": [{"finish_reason": "stop", "message":
                {"role": "assistant", "content": "<prompt>a better prompt</prompt>"}}]}\
            """));
    fallback.answers(WireMock.ok().withBody(SampleImages.png(200, 2)));
    collector.answers(WireMock.ok());
    nectar =
        NectarServer.start(
            cache,
            first + "," + second,
            Map.ofEntries(
                Map.entry("MANAGEMENT_PORT", "0"),
                Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url() + "/"),
                Map.entry("management.opentelemetry.tracing.export.schedule-delay", "50ms"),
                Map.entry("BACKEND_WEIGHTS", "{\"%s\": 0}".formatted(second)),
                Map.entry("BACKEND_BUDGETS", "{\"%s\": \"10/day\"}".formatted(first)),
                Map.entry("PRICES", "{\"%s\": {\"*\": 0.1}}".formatted(first)),
                Map.entry("MODELS", "flux"),
                Map.entry("LLM_OPTIMIZATION_ENABLED", "true"),
                Map.entry("LLM_OPTIMIZATION_API_URL", llm.url()),
                Map.entry("POLLINATIONS_ENABLED", "true"),
                Map.entry("POLLINATIONS_URL", fallback.url()),
                Map.entry("logging.level.dev.nectar.generation", "info")));
  }

  @BeforeEach
  void paint() {
    painter.paints(SampleImages.png(200, 1));
  }

  @AfterAll
  void stop() {
    nectar.close();
    Stream.of(painter, fallback, llm, collector).forEach(Painter::close);
  }
}
