package dev.nectar.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.hosting.ImageHost.Hosting.Failed;
import dev.nectar.http.Deadline;
import dev.nectar.http.HttpCalls;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagingArea;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Not at any level, not by any library, not if the host repeats them. */
@ExtendWith(OutputCaptureExtension.class)
class HostingSecretsTest {

  private static final Map<String, LogLevel> LOUD =
      Map.of(
          LoggingSystem.ROOT_LOGGER_NAME,
          LogLevel.DEBUG,
          "dev.nectar",
          LogLevel.TRACE,
          "org.apache.hc",
          LogLevel.TRACE,
          "software.amazon",
          LogLevel.TRACE);

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(Provider.class)
  void log_ofUploads_holdsNoSecret(Provider provider, CapturedOutput output) throws IOException {
    try (var echo =
            new UploadServer(
                peer -> peer.answer(peer.uploads().isEmpty() ? 200 : 500, peer.upload().head()));
        var context = start(provider, echo.url("/upload"));
        var image =
            SampleImages.stage(new StagingArea(directory, 1_000), SampleImages.png(300, 1))) {
      var host = context.getBean(ConfiguredHost.class).host().orElseThrow();
      host.host("taken", image, late());
      assertThat(host.host("refused", image, late())).isEqualTo(new Failed("status 500"));
      assertThat(echo.uploads())
          .hasSize(2)
          .allSatisfy(upload -> assertThat(upload.head()).contains("hidden"));
    }
    assertThat(output.getAll())
        .contains("DEBUG", "Asked P", "Answered 500", "****")
        .doesNotContain("hidden", "c29tZW9uZTpoaWRkZW4td29yZA==");
  }

  private static Deadline late() {
    return Deadline.in(Duration.ofMinutes(10), Ticker.systemTicker());
  }

  /** The next test in this process may send megabytes. */
  @AfterAll
  static void quieten() {
    var logging = LoggingSystem.get(HostingSecretsTest.class.getClassLoader());
    LOUD.keySet().forEach(logger -> logging.setLogLevel(logger, LogLevel.WARN));
  }

  @Configuration(proxyBeanMethods = false)
  static class Http {

    @Bean
    HttpCalls httpCalls() {
      return new HttpCalls(1);
    }
  }

  private static ConfigurableApplicationContext start(Provider provider, URI url) {
    var settings =
        Map.ofEntries(
            Map.entry("BACKEND_API_URLS", "http://127.0.0.1:1"),
            Map.entry("PROXY_ACCESS_KEY", "an-access-key"),
            Map.entry("IMAGE_HOSTING_ENABLED", "true"),
            Map.entry("IMAGE_HOSTING_PROVIDER", provider.name().toLowerCase(Locale.ROOT)),
            Map.entry("IMAGE_HOSTING_URL", url.toString().replace("//", "//someone:hidden-word@")),
            Map.entry("IMAGE_HOSTING_KEY", "hidden key/+&1"),
            Map.entry("IMAGE_HOSTING_AUTH_CODE", "hidden code/+&1é"),
            Map.entry("S3_ENDPOINT", url.toString()),
            Map.entry("S3_REGION", "auto"),
            Map.entry("S3_BUCKET", "pictures"),
            Map.entry("S3_ACCESS_KEY", "hidden-access-key/+1"),
            Map.entry("S3_SECRET_KEY", "hidden-secret-key/+1"),
            Map.entry("S3_PUBLIC_URL", "https://cdn.example.com"));
    return new SpringApplicationBuilder(Http.class, HostingConfiguration.class)
        .web(WebApplicationType.NONE)
        .run(
            Stream.concat(
                    settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue()),
                    LOUD.entrySet().stream()
                        .map(level -> "--logging.level." + level.getKey() + "=" + level.getValue()))
                .toArray(String[]::new));
  }
}
