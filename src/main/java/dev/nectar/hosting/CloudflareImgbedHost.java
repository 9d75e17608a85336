package dev.nectar.hosting;

import static java.util.Objects.requireNonNull;

import dev.nectar.http.Deadline;
import dev.nectar.http.HttpCalls;
import dev.nectar.image.staging.StagedImage;
import java.util.Map;

/** CloudFlare-ImgBed, which its users run themselves. */
final class CloudflareImgbedHost implements ImageHost {

  private final FormUpload upload;

  CloudflareImgbedHost(HostingSettings settings, HttpCalls http) {
    var endpoint = UploadEndpoint.of(requireNonNull(settings.url()));
    var code = settings.authCode();
    this.upload =
        new FormUpload(
            http, code == null ? endpoint : endpoint.with("authCode", code), "file", Map.of());
  }

  @Override
  public Hosting host(String name, StagedImage image, Deadline deadline) {
    return upload.send(
        name, image, deadline, answer -> HostedUrl.read(answer.at("/0/src"), upload.endpoint()));
  }
}
