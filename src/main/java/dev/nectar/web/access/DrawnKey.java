package dev.nectar.web.access;

import dev.nectar.cache.KeptSecret;
import dev.nectar.settings.LogRedaction;
import dev.nectar.storage.WarningLimit;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signing keys where none are set: one that was drawn at the first start and is kept. Until it
 * can be kept, one that ends with this process signs; it verifies here for as long as that lives.
 */
final class DrawnKey implements Supplier<List<String>> {

  private static final Logger log = LoggerFactory.getLogger(DrawnKey.class);

  private static final int BYTES = 32;

  private final KeptSecret place;
  private final String drawn;
  private final WarningLimit warnings = new WarningLimit();
  private volatile List<String> kept = List.of();

  DrawnKey(KeptSecret place, RandomGenerator random) {
    this.place = place;
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    this.drawn = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    LogRedaction.hideAlso(drawn);
  }

  @Override
  public List<String> get() {
    if (kept.isEmpty()) {
      keep();
    }
    return kept.isEmpty() ? List.of(drawn) : kept;
  }

  private void keep() {
    try {
      var first = place.keep(drawn);
      LogRedaction.hideAlso(first);
      kept = Stream.of(first, drawn).distinct().toList();
    } catch (IOException e) {
      if (warnings.permits(e)) {
        log.warn(
            "The key that signs links can't be kept, and links end with this process unless"
                + " URL_SIGNING_KEYS is set: {}",
            e.toString());
      }
    }
  }
}
