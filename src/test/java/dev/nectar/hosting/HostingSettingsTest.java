package dev.nectar.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.http.HostAndPort;
import dev.nectar.settings.SettingFault;
import dev.nectar.settings.SettingsBinder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostingSettingsTest {

  private static final Map<String, String> S3 =
      HostingCase.s3(URI.create("https://s3.example.com"), "an-access-key", "a-secret-key");

  @ParameterizedTest
  @CsvSource({
    "smms, IMAGE_HOSTING_KEY",
    "picgo, IMAGE_HOSTING_KEY IMAGE_HOSTING_URL",
    "cloudflare_imgbed, IMAGE_HOSTING_URL",
    "s3, S3_ENDPOINT S3_REGION S3_BUCKET S3_ACCESS_KEY S3_SECRET_KEY S3_PUBLIC_URL"
  })
  void provider_withoutWhatItNeeds_isAFaultEach(String provider, String needed) {
    assertThat(faults(Map.of("IMAGE_HOSTING_PROVIDER", provider)))
        .extracting(SettingFault::variable)
        .containsExactly(needed.split(" "));
  }

  @Test
  void everyProvider_hasNeeds() {
    assertThat(Provider.values()).allSatisfy(p -> assertThat(p.required()).isNotEmpty());
  }

  @Test
  void noProvider_isAFaultThatNamesThemAll() {
    assertThat(faults(Map.of()))
        .containsExactly(
            new SettingFault(
                "IMAGE_HOSTING_PROVIDER",
                "It is required while IMAGE_HOSTING_ENABLED is true, and not set.",
                "Set it to one of smms, picgo, cloudflare_imgbed, s3."));
  }

  @Test
  void provider_withAllItNeeds_isRight() {
    var url = "https://user:password@img.example.com/upload?returnFormat=full";
    assertThat(
            Stream.of(
                Map.of("IMAGE_HOSTING_PROVIDER", "SMMS", "IMAGE_HOSTING_KEY", "a"),
                Map.of(
                    "IMAGE_HOSTING_PROVIDER", "picgo",
                    "IMAGE_HOSTING_KEY", "a",
                    "IMAGE_HOSTING_URL", url),
                Map.of("IMAGE_HOSTING_PROVIDER", "cloudflare_imgbed", "IMAGE_HOSTING_URL", url),
                S3))
        .allSatisfy(variables -> assertThat(faults(variables)).isEmpty());
  }

  @Test
  void hostingOff_needsNothing() {
    assertThat(
            new SettingsBinder(Map.of("S3_BUCKET", "no bucket")::get).bind(HostingSettings.class))
        .satisfies(settings -> assertThat(settings.faults()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "S3_ENDPOINT, https://user:hidden@s3.example.com",
    "S3_ENDPOINT, https://s3.example.com/?hidden=1",
    "S3_ENDPOINT, s3.example.com/hidden",
    "S3_PUBLIC_URL, https://user:hidden@cdn.example.com",
    "S3_PUBLIC_URL, https://cdn.example.com/a?hidden=1",
    "S3_PUBLIC_URL, ftp://cdn.example.com/hidden",
    "S3_REGION, eu central hidden",
    "S3_REGION, https://hidden",
    "S3_BUCKET, hidden/folder",
    "S3_BUCKET, ..",
    "S3_BUCKET, hidden?acl"
  })
  void s3_malformed_isAFaultWithoutItsValue(String variable, String value) {
    assertThat(faults(HostingCase.with(S3, variable, value)))
        .singleElement()
        .satisfies(fault -> assertThat(fault.variable()).isEqualTo(variable))
        .satisfies(fault -> assertThat(fault.toString()).doesNotContain("hidden"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "us-east-1", "Garage"})
  void s3_regionOfAnyStore_isRight(String region) {
    assertThat(faults(HostingCase.with(S3, "S3_REGION", region))).isEmpty();
  }

  @Test
  void places_areWhatTheOperatorNamed() {
    var variables =
        HostingCase.with(
            HostingCase.with(S3, "S3_PUBLIC_URL", "http://minio:9000/pictures"),
            "IMAGE_HOSTING_URL",
            "https://img.example.com/upload");

    assertThat(places(HostingCase.with(variables, "IMAGE_HOSTING_ENABLED", "true")))
        .containsExactlyInAnyOrder(
            new HostAndPort("minio", 9_000), new HostAndPort("img.example.com", 443));
    assertThat(places(HostingCase.with(variables, "IMAGE_HOSTING_ENABLED", "false"))).isEmpty();
  }

  private static Set<HostAndPort> places(Map<String, String> variables) {
    return new SettingsBinder(variables::get).bind(HostingSettings.class).places();
  }

  private static List<SettingFault> faults(Map<String, String> variables) {
    var binder =
        new SettingsBinder(HostingCase.with(variables, "IMAGE_HOSTING_ENABLED", "true")::get);
    binder.bind(HostingSettings.class);
    return binder.faults();
  }
}
