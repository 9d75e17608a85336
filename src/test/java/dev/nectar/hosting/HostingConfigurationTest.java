package dev.nectar.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.http.HttpCalls;
import dev.nectar.settings.SettingsBinder;
import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class HostingConfigurationTest {

  private static final Map<String, String> S3 =
      HostingCase.s3(URI.create("https://s3.example.com"), "an-access-key", "a-secret-key");

  static Stream<Arguments> hosts() {
    return Stream.of(
        Arguments.of("smms", SmmsHost.class),
        Arguments.of("picgo", PicGoHost.class),
        Arguments.of("cloudflare_imgbed", CloudflareImgbedHost.class),
        Arguments.of("s3", S3Host.class));
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void provider_isTheOneHost(String provider, Class<?> type) {
    var variables =
        HostingCase.with(
            HostingCase.with(
                HostingCase.with(S3, "IMAGE_HOSTING_PROVIDER", provider),
                "IMAGE_HOSTING_KEY",
                "a-key"),
            "IMAGE_HOSTING_URL",
            "https://img.example.com/upload");
    run(
        HostingCase.settings(variables),
        configured -> assertThat(configured.host()).containsInstanceOf(type));
  }

  @Test
  void hostingOff_isNoHostWhateverTheProvider() {
    var settings = new SettingsBinder(S3::get).bind(HostingSettings.class);
    run(settings, configured -> assertThat(configured.host()).isEmpty());
  }

  private static void run(HostingSettings settings, Consumer<ConfiguredHost> check) {
    new ApplicationContextRunner()
        .withUserConfiguration(HostingConfiguration.class)
        .withBean(HostingSettings.class, () -> settings)
        .withBean(HttpCalls.class, () -> new HttpCalls(1))
        .run(context -> check.accept(context.getBean(ConfiguredHost.class)));
  }
}
