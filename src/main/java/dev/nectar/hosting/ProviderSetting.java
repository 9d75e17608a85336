package dev.nectar.hosting;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A setting that some providers can't do without, named like its variable. */
enum ProviderSetting {
  IMAGE_HOSTING_KEY(HostingSettings::key),
  IMAGE_HOSTING_URL(HostingSettings::url),
  S3_ENDPOINT(HostingSettings::s3Endpoint),
  S3_REGION(HostingSettings::s3Region),
  S3_BUCKET(HostingSettings::s3Bucket),
  S3_ACCESS_KEY(HostingSettings::s3AccessKey),
  S3_SECRET_KEY(HostingSettings::s3SecretKey),
  S3_PUBLIC_URL(HostingSettings::s3PublicUrl);

  @SuppressWarnings("ImmutableEnumChecker") // a method reference
  private final Function<HostingSettings, @Nullable Object> value;

  ProviderSetting(Function<HostingSettings, @Nullable Object> value) {
    this.value = value;
  }

  boolean isMissing(HostingSettings settings) {
    return value.apply(settings) == null;
  }
}
