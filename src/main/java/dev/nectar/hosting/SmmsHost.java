package dev.nectar.hosting;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.nectar.http.Deadline;
import dev.nectar.http.HttpCalls;
import dev.nectar.image.staging.StagedImage;
import java.net.URI;
import java.util.Map;
import org.apache.hc.core5.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/** S.EE, which was SM.MS; what answers as SM.MS did is understood too. */
final class SmmsHost implements ImageHost {

  static final URI PUBLIC = URI.create("https://s.ee/api/v1/file/upload");

  private final FormUpload upload;

  SmmsHost(HostingSettings settings, HttpCalls http) {
    this.upload =
        new FormUpload(
            http,
            UploadEndpoint.of(requireNonNullElse(settings.url(), PUBLIC)),
            "smfile",
            Map.of(HttpHeaders.AUTHORIZATION, requireNonNull(settings.key())));
  }

  @Override
  public Hosting host(String name, StagedImage image, Deadline deadline) {
    return upload.send(name, image, deadline, answer -> HostedUrl.read(link(answer)));
  }

  /** An image that is there already has its URL elsewhere. */
  private static JsonNode link(JsonNode answer) {
    return answer.path("code").asString("").equals("image_repeated")
        ? answer.path("images")
        : answer.at("/data/url");
  }
}
