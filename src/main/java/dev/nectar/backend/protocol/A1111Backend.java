package dev.nectar.backend.protocol;

import dev.nectar.backend.PaintRequest;
import dev.nectar.http.ApiBase;
import dev.nectar.http.JsonBody.Base64Picture;
import dev.nectar.image.ImageSize;
import dev.nectar.image.staging.InputImages;
import dev.nectar.image.staging.StagedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Speaks {@code POST …/sdapi/v1/txt2img} and {@code …/img2img}, as Automatic1111's web UI and its
 * forks have them. Several inputs would be painted over one by one, not together.
 */
final class A1111Backend extends NegotiatingBackend {

  private static final String ENDPOINT = "sdapi/v1/txt2img";
  private static final String FROM_INPUT = "sdapi/v1/img2img";

  /** What its models are made for. */
  private static final int USUAL_PIXELS = 1024 * 1024;

  private static final int STEP = 8;
  private static final int MIN_EDGE = 64;

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
    var size = request.size();
    if (size == null && !request.inputs().isEmpty()) {
      size = ofItsShape(request.inputs().images().getFirst().pixels());
    }
    if (size != null) {
      wanted.put("size", size.toString());
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
    return switch (extraParameter) {
      case "negative_prompt", "guidance_scale", Sent.MASK -> true;
      default -> false;
    };
  }

  @Override
  boolean hasPlaceFor(InputImages inputs) {
    return inputs.images().size() == 1;
  }

  @Override
  URI endpoint(@Nullable String model, boolean fromInputs) {
    return target.api().endpoint(fromInputs ? FROM_INPUT : ENDPOINT);
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
            case Sent.MASK -> putMask(Objects.requireNonNull(sent.inputs().mask()), body);
            default -> body.put(name, value);
          }
        });
    if (!sent.inputs().isEmpty()) {
      body.put("init_images", sent.inputs().images().stream().map(Base64Picture::bare).toList());
    }
    return body;
  }

  /** Without a size, the web UI would squeeze the picture into a square. */
  private static ImageSize ofItsShape(ImageSize pixels) {
    var scale = Math.min(1, Math.sqrt(USUAL_PIXELS / ((double) pixels.width() * pixels.height())));
    return new ImageSize(edge(pixels.width() * scale), edge(pixels.height() * scale));
  }

  private static int edge(double pixels) {
    return (int) Math.max(Math.round(pixels / STEP) * STEP, MIN_EDGE);
  }

  /** The web UI changes what is opaque or white, all others what is transparent. */
  private static void putMask(StagedImage mask, Map<String, Object> body) {
    body.put(Sent.MASK, Base64Picture.bare(mask));
    if (hasAlpha(mask)) {
      body.put("inpainting_mask_invert", 1);
    }
  }

  private static boolean hasAlpha(StagedImage image) {
    try (var bytes = image.open()) {
      var head = bytes.readNBytes(26);
      return switch (image.format()) {
        case PNG -> (head[25] & 0x04) != 0;
        case WEBP -> (head[head[15] == 'L' ? 24 : 20] & 0x10) != 0 && head[15] != ' ';
        case JPEG, GIF, AVIF -> false;
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
