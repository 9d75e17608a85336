package dev.nectar.backend;

import dev.nectar.backend.Verdict.Unsupported;
import dev.nectar.image.ImageSize;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one request asks of a back end: less each time it is turned down for a parameter. */
public final class Terms {

  /** So often a back end is asked the same, at most. */
  private static final int MAX_QUESTIONS = 6;

  private static final String MODEL = "model";
  private static final String MASK = "mask";
  private static final String MODALITIES = "modalities";
  private static final String RESPONSE_FORMAT = "response_format";

  /** How a picture's shape is asked for. */
  private enum Shape {
    SIZE("size") {
      @Override
      String of(ImageSize size) {
        return size.toString();
      }
    },
    RATIO("aspect_ratio") {
      @Override
      String of(ImageSize size) {
        var ratio = Objects.requireNonNullElse(RATIOS.nearest(size), size);
        return ratio.width() + ":" + ratio.height();
      }
    };

    /** Those that models which paint by ratio have in common. */
    private static final OfferedSizes RATIOS =
        OfferedSizes.listed(
            Stream.of("1x1", "2x3", "3x2", "3x4", "4x3", "4x5", "5x4", "9x16", "16x9", "21x9")
                .map(ImageSize::parse)
                .flatMap(Optional::stream)
                .toList());

    private final String parameter;

    Shape(String parameter) {
      this.parameter = parameter;
    }

    /** The value for a picture of this size. */
    abstract String of(ImageSize size);
  }

  private final Negotiation negotiation;

  /** That would be sent; empty if none would. */
  private final String model;

  private final Shape shape;

  private final @Nullable ImageSize wantedSize;
  private final Map<String, Object> parameters;
  private int questions = 1;

  Terms(Negotiation negotiation, Map<String, Object> wanted) {
    this.negotiation = negotiation;
    this.model = Objects.toString(wanted.get(MODEL), "");
    this.parameters = new LinkedHashMap<>(wanted);
    this.shape = wanted.containsKey(Shape.RATIO.parameter) ? Shape.RATIO : Shape.SIZE;
    this.wantedSize =
        ImageSize.parse(Objects.toString(parameters.get(shape.parameter), "")).orElse(null);
    if (negotiation.wantsInline(model)) {
      parameters.putIfAbsent(RESPONSE_FORMAT, "b64_json");
    }
    if (wantedSize != null) {
      takeSize(negotiation.nearest(model, wantedSize));
    }
    List.copyOf(parameters.keySet()).forEach(this::leaveOutUntaken);
  }

  /** What is sent beside the prompt, in its order. */
  public Map<String, Object> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** Remembers what was refused; whether there is now something else to ask. */
  public boolean concede(Unsupported refusal) {
    var name = refusal.parameter();
    var value = parameters.get(name);
    // Without a model that is not known another one would paint, and without a mask that does not
    // fit its picture all of it would change.
    if (value == null || ((name.equals(MODEL) || name.equals(MASK)) && !refusal.always())) {
      return false;
    }
    if (!resize(refusal, value)) {
      var all = refusal.always() && smaller(name, value) == null;
      negotiation.refused(model, name, all ? null : value);
      leaveOutUntaken(name);
    }
    questions++;
    return questions <= MAX_QUESTIONS;
  }

  /** A link could not be fetched: from the next request on, the picture itself is asked for. */
  public void wantInline() {
    negotiation.wantInline(model);
  }

  /** Whether the refused size told of another one to ask for. */
  private boolean resize(Unsupported refusal, Object refused) {
    if (wantedSize == null
        || !refusal.parameter().equals(shape.parameter)
        || refusal.always()
        || refusal.sizes().equals(OfferedSizes.NONE)) {
      return false;
    }
    negotiation.offers(model, refusal.sizes());
    var next = negotiation.nearest(model, wantedSize);
    if (next == null || shape.of(next).equals(refused)) {
      return false;
    }
    takeSize(next);
    leaveOutUntaken(shape.parameter);
    return true;
  }

  private void takeSize(@Nullable ImageSize size) {
    if (size == null) {
      parameters.remove(shape.parameter);
    } else {
      parameters.replace(shape.parameter, shape.of(size));
    }
  }

  private void leaveOutUntaken(String name) {
    for (var value = parameters.get(name);
        value != null && !negotiation.takes(model, name, value);
        value = parameters.get(name)) {
      var smaller = smaller(name, value);
      if (smaller == null) {
        parameters.remove(name);
      } else {
        parameters.replace(name, smaller);
      }
    }
  }

  /** Models that only make images refuse to be asked for text beside them. */
  private static @Nullable Object smaller(String name, Object value) {
    return name.equals(MODALITIES) && value instanceof List<?> many && many.size() > 1
        ? List.of("image")
        : null;
  }
}
