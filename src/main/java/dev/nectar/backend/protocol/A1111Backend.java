package dev.nectar.backend.protocol;

import dev.nectar.backend.PaintRequest;
import dev.nectar.http.ApiBase;
import dev.nectar.image.ImageSize;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Speaks {@code POST …/sdapi/v1/txt2img}, as Automatic1111's web UI and its forks have it. */
final class A1111Backend extends NegotiatingBackend {

  private static final String ENDPOINT = "sdapi/v1/txt2img";

  private final Target target;

  A1111Backend(Target target) {
    super(
        target,
        new ListedPictures(),
        target.api().endpoint(ENDPOINT),
        credentials(target.api(), target.token()));
    this.target = target;
  }

  /** What the URL says wins: the web UI knows no tokens. */
  private static Map<String, String> credentials(ApiBase api, @Nullable String token) {
    var basic = api.credentials(null);
    return basic.isEmpty() ? api.credentials(token) : basic;
  }

  @Override
  @Nullable String model(PaintRequest request) {
    return target.model(request.model());
  }

  @Override
  Map<String, Object> wanted(PaintRequest request, @Nullable String model) {
    var wanted = new LinkedHashMap<String, Object>();
    if (request.size() != null) {
      wanted.put("size", request.size().toString());
    }
    wanted.put("seed", request.seed());
    wanted.put("batch_size", 1);
    if (model != null) {
      wanted.put("model", model);
    }
    return wanted;
  }

  @Override
  boolean hasPlaceFor(String extraParameter) {
    return extraParameter.equals("negative_prompt") || extraParameter.equals("guidance_scale");
  }

  @Override
  URI endpoint(@Nullable String model) {
    return target.api().endpoint(ENDPOINT);
  }

  @Override
  Map<String, Object> body(Sent sent) {
    var body = new LinkedHashMap<String, Object>();
    sent.parameters()
        .forEach((name, value) -> {
          switch (name) {
            case "size" ->
                ImageSize.parse(value.toString())
                    .ifPresent(size -> {
                      body.put("width", size.width());
                      body.put("height", size.height());
                    });
            case "guidance_scale" -> body.put("cfg_scale", value);
            case "model" -> body.put("override_settings", Map.of("sd_model_checkpoint", value));
            default -> body.put(name, value);
          }
        });
    return body;
  }
}
