package dev.nectar.backend.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.Terms;
import dev.nectar.image.staging.StagedImage;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.hc.client5.http.entity.mime.InputStreamBody;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * Speaks {@code POST …/images/generations} as OpenAI publishes it, and bears with its relatives.
 */
final class ImagesBackend extends NegotiatingBackend {

  private static final String ENDPOINT = "images/generations";
  private static final String EDITS = "images/edits";
  private static final ContentType TEXT = ContentType.create("text/plain", UTF_8);

  private final Target target;

  ImagesBackend(Target target) {
    super(
        target,
        new ListedPictures(),
        target.api().endpoint(ENDPOINT),
        target.api().credentials(target.token()));
    this.target = target;
  }

  @Override
  @Nullable String model(PaintRequest request) {
    return target.model(request.model());
  }

  @Override
  Map<String, Object> wanted(PaintRequest request, @Nullable String model) {
    var wanted = new LinkedHashMap<String, Object>();
    wanted.put("n", 1);
    wanted.put("seed", request.seed());
    if (request.size() != null) {
      wanted.put("size", request.size().toString());
    }
    if (model != null) {
      wanted.put("model", model);
    }
    return wanted;
  }

  @Override
  boolean hasPlaceFor(String extraParameter) {
    return true;
  }

  @Override
  URI endpoint(@Nullable String model, boolean fromInputs) {
    return target.api().endpoint(fromInputs ? EDITS : ENDPOINT);
  }

  @Override
  Map<String, Object> body(Sent sent) {
    return sent.parameters();
  }

  @Override
  HttpEntity entity(Sent sent) {
    return sent.inputs().isEmpty() ? super.entity(sent) : form(sent);
  }

  private static HttpEntity form(Sent sent) {
    var form = MultipartEntityBuilder.create().setCharset(UTF_8);
    sent.inputs().images().forEach(image -> form.addPart("image[]", file(image, "image")));
    sent.parameters()
        .forEach((name, value) -> {
          if (name.equals(Sent.MASK)) {
            form.addPart(name, file(Objects.requireNonNull(sent.inputs().mask()), name));
          } else {
            form.addTextBody(name, value.toString(), TEXT);
          }
        });
    return form.build();
  }

  private static InputStreamBody file(StagedImage image, String name) {
    var format = image.format();
    return new InputStreamBody(
        image.open(),
        ContentType.create(format.mediaType()),
        name + "." + format.extension(),
        image.size());
  }

  @Override
  void linkWasLost(Terms terms) {
    terms.wantInline();
  }
}
