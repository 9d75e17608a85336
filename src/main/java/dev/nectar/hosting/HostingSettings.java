package dev.nectar.hosting;

import dev.nectar.settings.CrossChecked;
import dev.nectar.settings.Setting;
import dev.nectar.settings.SettingFault;
import java.net.URI;
import java.util.LinkedHashMap;
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

  /** Written in lower case in the environment. */
  public enum Provider {
    SMMS,
    PICGO,
    CLOUDFLARE_IMGBED,
    S3
  }

  @Override
  public Stream<SettingFault> faults() {
    if (!enabled) {
      return Stream.empty();
    }
    var required = new LinkedHashMap<String, @Nullable Object>();
    switch (provider) {
      case null -> required.put("IMAGE_HOSTING_PROVIDER", null);
      case SMMS -> required.put("IMAGE_HOSTING_KEY", key);
      case PICGO -> {
        required.put("IMAGE_HOSTING_KEY", key);
        required.put("IMAGE_HOSTING_URL", url);
      }
      case CLOUDFLARE_IMGBED -> required.put("IMAGE_HOSTING_URL", url);
      case S3 -> {
        required.put("S3_ENDPOINT", s3Endpoint);
        required.put("S3_REGION", s3Region);
        required.put("S3_BUCKET", s3Bucket);
        required.put("S3_ACCESS_KEY", s3AccessKey);
        required.put("S3_SECRET_KEY", s3SecretKey);
        required.put("S3_PUBLIC_URL", s3PublicUrl);
      }
    }
    return required.entrySet().stream()
        .filter(setting -> setting.getValue() == null)
        .map(setting -> missing(setting.getKey()));
  }

  private static SettingFault missing(String variable) {
    return new SettingFault(
        variable,
        "It is required while IMAGE_HOSTING_ENABLED is true, and not set.",
        variable.equals("IMAGE_HOSTING_PROVIDER")
            ? "Set it to one of smms, picgo, cloudflare_imgbed, s3."
            : "Set it, or turn image hosting off.");
  }
}
