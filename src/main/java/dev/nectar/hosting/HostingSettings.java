package dev.nectar.hosting;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.nectar.http.HostAndPort;
import dev.nectar.settings.CrossChecked;
import dev.nectar.settings.Setting;
import dev.nectar.settings.SettingFault;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether images go to a host, and to which. */
public record HostingSettings(
    @Setting(value = "IMAGE_HOSTING_ENABLED", fallback = "false") boolean enabled,
    @Setting("IMAGE_HOSTING_PROVIDER") @Nullable Provider provider,
    @Setting(value = "IMAGE_HOSTING_KEY", secret = true) @Nullable String key,
    @Setting("IMAGE_HOSTING_URL") @Nullable URI url,
    @Setting(value = "IMAGE_HOSTING_AUTH_CODE", secret = true) @Nullable String authCode,
    @Setting("S3_ENDPOINT") @Nullable URI s3Endpoint,
    @Setting("S3_REGION") @Nullable String s3Region,
    @Setting("S3_BUCKET") @Nullable String s3Bucket,
    @Setting(value = "S3_ACCESS_KEY", secret = true) @Nullable String s3AccessKey,
    @Setting(value = "S3_SECRET_KEY", secret = true) @Nullable String s3SecretKey,
    @Setting("S3_PUBLIC_URL") @Nullable URI s3PublicUrl)
    implements CrossChecked {

  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");
  private static final Pattern REGION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,62}");
  private static final String PLAIN_URL = "a URL without user info and query";

  @Override
  public Stream<SettingFault> faults() {
    if (!enabled) {
      return Stream.empty();
    }
    if (provider == null) {
      return Stream.of(
          missing("IMAGE_HOSTING_PROVIDER", "Set it to one of %s.".formatted(providers())));
    }
    return Stream.concat(
        provider.required().stream()
            .filter(setting -> setting.isMissing(this))
            .map(setting -> missing(setting.name(), "Set it, or turn image hosting off.")),
        provider == Provider.S3 ? malformed() : Stream.empty());
  }

  /** Where the operator has images kept, in a network of any kind. */
  public Set<HostAndPort> places() {
    return Stream.concat(Stream.ofNullable(url), Stream.ofNullable(s3PublicUrl))
        .filter(_ -> enabled)
        .map(HostAndPort::of)
        .collect(toUnmodifiableSet());
  }

  private static String providers() {
    return Arrays.stream(Provider.values())
        .map(provider -> provider.name().toLowerCase(Locale.ROOT))
        .collect(joining(", "));
  }

  private static SettingFault missing(String variable, String remedy) {
    return new SettingFault(
        variable, "It is required while IMAGE_HOSTING_ENABLED is true, and not set.", remedy);
  }

  /** What the store would misunderstand, or every client be told. */
  private Stream<SettingFault> malformed() {
    return Stream.of(
            fault("S3_ENDPOINT", s3Endpoint == null || isPlain(s3Endpoint), PLAIN_URL),
            fault("S3_PUBLIC_URL", s3PublicUrl == null || isPlain(s3PublicUrl), PLAIN_URL),
            fault(
                "S3_REGION",
                s3Region == null || REGION.matcher(s3Region).matches(),
                "a name such as eu-central-1 or auto"),
            fault(
                "S3_BUCKET",
                s3Bucket == null || BUCKET.matcher(s3Bucket).matches(),
                "the name of a bucket, not its address"))
        .flatMap(faults -> faults);
  }

  private static boolean isPlain(URI url) {
    return url.getRawUserInfo() == null && url.getRawQuery() == null;
  }

  private static Stream<SettingFault> fault(String variable, boolean right, String expectation) {
    return right
        ? Stream.empty()
        : Stream.of(
            new SettingFault(
                variable,
                "Its value is not %s.".formatted(expectation),
                "Set it to %s.".formatted(expectation)));
  }
}
