package dev.nectar.variant;

import dev.nectar.image.FormatCheck;
import dev.nectar.image.ImageTraits;
import dev.nectar.image.NotAnImageException;
import dev.nectar.observe.Work;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.imageio.ImageIO;

/**
 * Decodes images, two at once, within a share of the memory and within a time. Whatever exceeds
 * them ends the decoder, not the process; one that does not end when told to keeps its share until
 * it does, and nobody waits for it.
 */
public final class ImageDecoder {

  /** What is done with a decoded image; it is gone afterwards. */
  public interface Use<T> {
    T apply(BufferedImage image) throws IOException;
  }

  private static final int PLACES = 2;

  /**
   * Times that are granted to one image.
   *
   * @param computing until its decoder is ended
   * @param running until nobody waits for it any longer, however little it could compute
   * @param waiting until there is room for it
   */
  record Patience(Duration computing, Duration running, Duration waiting) {}

  private static final Patience USUAL =
      new Patience(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(60));

  private final Semaphore places = new Semaphore(PLACES, true);
  private final MemoryBudget memory;
  private final Patience patience;

  public ImageDecoder() {
    this(MemoryBudget.ofHeap(), USUAL);
  }

  ImageDecoder(MemoryBudget memory, Patience patience) {
    this.memory = memory;
    this.patience = patience;
  }

  /**
   * Decodes the first frame of an image.
   *
   * @param edge the longer one of what is to become of it. Rows and columns that it does not need
   *     are left out, so that a large image takes little memory
   * @throws IOException if the file can't be read
   */
  public <T> Decoding<T> decode(Path file, int edge, Use<T> use) throws IOException {
    var start = System.nanoTime();
    ImageTraits traits;
    try (var bytes = Files.newInputStream(file)) {
      traits = FormatCheck.read(bytes);
    } catch (NotAnImageException e) {
      return new Decoding.Undecodable<>(String.valueOf(e.getMessage()));
    }
    if (traits.extent().isOutOfBounds()) {
      return new Decoding.Undecodable<>("image of " + traits.extent() + " pixels");
    }
    var readers = ImageIO.getImageReadersByMIMEType(traits.format().mediaType());
    if (!readers.hasNext()) {
      return new Decoding.Undecodable<>("there is no decoder of " + traits.format().mediaType());
    }
    var cost = DecodingCost.of(traits, Files.size(file), edge);
    if (!memory.covers(cost)) {
      return new Decoding.Undecodable<>(
          "decoding takes %d MB".formatted((cost.heap() + cost.outside()) >> 20));
    }
    try {
      return take(cost, start + patience.waiting().toNanos())
          ? run(new DecodingTask<>(file, traits, readers.next(), edge, cost, use))
          : new Decoding.Busy<>();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while an image was decoded");
    }
  }

  private boolean take(DecodingCost cost, long endNanos) throws InterruptedException {
    if (!places.tryAcquire(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    var taken = false;
    try {
      taken = memory.take(cost, endNanos);
      return taken;
    } finally {
      if (!taken) {
        places.release();
      }
    }
  }

  private <T> Decoding<T> run(DecodingTask<T> decoding) throws IOException, InterruptedException {
    var task = new FutureTask<>(() -> decoding.run(patience.computing()));
    var thread =
        Thread.ofPlatform()
            .name("decoder")
            .daemon()
            .start(
                Work.carried(() -> {
                  try {
                    task.run();
                  } finally {
                    memory.giveBack(decoding.cost());
                    places.release();
                  }
                }));
    try {
      return await(task, thread);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException fault -> throw fault;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** A machine that is busy with other things is no fault of the image. */
  private <T> Decoding<T> await(FutureTask<Decoding<T>> task, Thread thread)
      throws InterruptedException, ExecutionException {
    var end = System.nanoTime() + patience.running().toNanos();
    var left = patience.computing();
    while (left.isPositive()) {
      var untilEnd = end - System.nanoTime();
      if (untilEnd <= 0) {
        return new Decoding.Busy<>();
      }
      try {
        return task.get(Math.min(left.toNanos(), untilEnd), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        left = patience.computing().minus(DecodingGuard.computed(thread));
      }
    }
    return new Decoding.Undecodable<>(
        String.valueOf(new DecodingLimitException(patience.computing()).getMessage()));
  }
}
