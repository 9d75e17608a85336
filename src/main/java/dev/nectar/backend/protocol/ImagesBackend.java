package dev.nectar.backend.protocol;

import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.Terms;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Speaks {@code POST …/images/generations} as OpenAI publishes it, and bears with its relatives.
 */
final class ImagesBackend extends NegotiatingBackend {

  private static final String ENDPOINT = "images/generations";

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
  URI endpoint(@Nullable String model) {
    return target.api().endpoint(ENDPOINT);
  }

  @Override
  Map<String, Object> body(Sent sent) {
    return sent.parameters();
  }

  @Override
  void linkWasLost(Terms terms) {
    terms.wantInline();
  }
}
