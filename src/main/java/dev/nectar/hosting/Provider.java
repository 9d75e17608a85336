package dev.nectar.hosting;

import static dev.nectar.hosting.ProviderSetting.IMAGE_HOSTING_KEY;
import static dev.nectar.hosting.ProviderSetting.IMAGE_HOSTING_URL;
import static dev.nectar.hosting.ProviderSetting.S3_ACCESS_KEY;
import static dev.nectar.hosting.ProviderSetting.S3_BUCKET;
import static dev.nectar.hosting.ProviderSetting.S3_ENDPOINT;
import static dev.nectar.hosting.ProviderSetting.S3_PUBLIC_URL;
import static dev.nectar.hosting.ProviderSetting.S3_REGION;
import static dev.nectar.hosting.ProviderSetting.S3_SECRET_KEY;

import dev.nectar.http.HttpCalls;
import java.util.List;
import java.util.function.BiFunction;

/** All providers, in the environment written in lower case, each with what it can't do without. */
@SuppressWarnings("ImmutableEnumChecker") // a constructor reference and an unmodifiable list
public enum Provider {
  SMMS(SmmsHost::new, IMAGE_HOSTING_KEY),
  PICGO(PicGoHost::new, IMAGE_HOSTING_KEY, IMAGE_HOSTING_URL),
  CLOUDFLARE_IMGBED(CloudflareImgbedHost::new, IMAGE_HOSTING_URL),
  S3(S3Host::new, S3_ENDPOINT, S3_REGION, S3_BUCKET, S3_ACCESS_KEY, S3_SECRET_KEY, S3_PUBLIC_URL);

  private final BiFunction<HostingSettings, HttpCalls, ImageHost> maker;
  private final List<ProviderSetting> required;

  Provider(BiFunction<HostingSettings, HttpCalls, ImageHost> maker, ProviderSetting... required) {
    this.maker = maker;
    this.required = List.of(required);
  }

  List<ProviderSetting> required() {
    return required;
  }

  /** A host of this provider; all that is required must be set. */
  ImageHost host(HostingSettings settings, HttpCalls http) {
    return maker.apply(settings, http);
  }
}
