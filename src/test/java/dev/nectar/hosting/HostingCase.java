package dev.nectar.hosting;

import dev.nectar.settings.SettingsBinder;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Settings as an operator writes them. */
final class HostingCase {

  private HostingCase() {}

  /** All that the S3 provider needs. */
  static Map<String, String> s3(URI endpoint, String accessKey, String secretKey) {
    return Map.of(
        "IMAGE_HOSTING_PROVIDER", "s3",
        "S3_ENDPOINT", endpoint.toString(),
        "S3_REGION", "eu-central-1",
        "S3_BUCKET", "pictures",
        "S3_ACCESS_KEY", accessKey,
        "S3_SECRET_KEY", secretKey,
        "S3_PUBLIC_URL", "https://cdn.example.com/pictures");
  }

  static Map<String, String> with(Map<String, String> variables, String name, String value) {
    var all = new HashMap<>(variables);
    all.put(name, value);
    return all;
  }

  /** With hosting on; fails if they are wrong. */
  static HostingSettings settings(Map<String, String> variables) {
    var binder = new SettingsBinder(with(variables, "IMAGE_HOSTING_ENABLED", "true")::get);
    var settings = binder.bind(HostingSettings.class);
    if (!binder.faults().isEmpty()) {
      throw new AssertionError(binder.faults());
    }
    return settings;
  }
}
