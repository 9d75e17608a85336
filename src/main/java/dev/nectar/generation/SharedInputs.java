package dev.nectar.generation;

import dev.nectar.image.staging.InputImages;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What pictures are made from, which the request that brought it and the flights that paint from it
 * have in common; the last of them closes it.
 */
public final class SharedInputs implements AutoCloseable {

  private final InputImages images;

  /** Pictures of which it is not known yet who makes them. */
  private final AtomicInteger open;

  private final AtomicInteger users = new AtomicInteger(1);
  private final AtomicBoolean left = new AtomicBoolean();

  /**
   * Takes the images over, with the request as the first user.
   *
   * @param pictures to be made from them
   */
  public SharedInputs(InputImages images, int pictures) {
    this.images = images;
    this.open = new AtomicInteger(pictures);
  }

  public static SharedInputs none() {
    return new SharedInputs(InputImages.NONE, 0);
  }

  InputImages images() {
    return images;
  }

  /** Takes part in them; false if they are closed. */
  public boolean join() {
    return users.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
  }

  /** Must be called once by each who joined. */
  public void leave() {
    if (users.decrementAndGet() == 0) {
      images.close();
    }
  }

  /** One more of the pictures is known, or has a flight; after the last the request needs none. */
  void settle() {
    if (open.decrementAndGet() == 0) {
      close();
    }
  }

  /** The request has come to its end. */
  @Override
  public void close() {
    if (left.compareAndSet(false, true)) {
      leave();
    }
  }
}
