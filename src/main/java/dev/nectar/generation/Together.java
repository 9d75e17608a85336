package dev.nectar.generation;

import dev.nectar.image.ImageRequest;
import java.util.function.BiFunction;

/**
 * Several images of one caller, of which it may have all made or none. Each of them is to be asked
 * for or spared, once.
 */
public final class Together {

  private final BiFunction<ImageRequest, Caller, ImageAnswer> making;
  private final Runnable leaving;
  private final boolean refused;

  private Together(
      BiFunction<ImageRequest, Caller, ImageAnswer> making, Runnable leaving, boolean refused) {
    this.making = making;
    this.leaving = leaving;
    this.refused = refused;
  }

  /** Each for itself. */
  static Together unreserved(BiFunction<ImageRequest, Caller, ImageAnswer> making) {
    return new Together(making, () -> {}, false);
  }

  static Together reserved(
      BiFunction<ImageRequest, Caller, ImageAnswer> making, Till.Prepaid prepaid) {
    return new Together(
        (request, caller) -> making.apply(request, caller.with(prepaid)), prepaid::leave, false);
  }

  /** None of them. */
  static Together refused(BiFunction<ImageRequest, Caller, ImageAnswer> telling) {
    return new Together(telling, () -> {}, true);
  }

  public ImageAnswer image(ImageRequest request, Caller caller) {
    try {
      return making.apply(request, caller);
    } finally {
      leaving.run();
    }
  }

  /** Somebody else makes one of them, or has. */
  public void spare() {
    leaving.run();
  }

  /** Whether there is none: each answer tells why. */
  public boolean isRefused() {
    return refused;
  }
}
