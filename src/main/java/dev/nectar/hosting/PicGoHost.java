package dev.nectar.hosting;

import static java.util.Objects.requireNonNull;

import dev.nectar.http.Deadline;
import dev.nectar.http.HttpCalls;
import dev.nectar.image.staging.StagedImage;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** PicGo, or any other site that runs on Chevereto and has its API. */
final class PicGoHost implements ImageHost {

  private final FormUpload upload;

  PicGoHost(HostingSettings settings, HttpCalls http) {
    this.upload =
        new FormUpload(
            http,
            UploadEndpoint.of(requireNonNull(settings.url())),
            "source",
            Map.of("X-API-Key", requireNonNull(settings.key())));
  }

  @Override
  public Hosting host(String name, StagedImage image, Deadline deadline) {
    return upload.send(name, image, deadline, PicGoHost::read);
  }

  private static Hosting read(JsonNode answer) {
    var status = answer.path("status_code").asInt(0);
    return status == 200
        ? HostedUrl.read(answer.at("/image/url"))
        : new Hosting.Failed("an answer of status_code " + status);
  }
}
