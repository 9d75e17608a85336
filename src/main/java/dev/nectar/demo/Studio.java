package dev.nectar.demo;

import dev.nectar.demo.painting.Picture;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Where pictures are painted, two at a time: the largest take 48 MB each while they are written.
 * They are painted on threads of the system, as arithmetic would not make way for other virtual
 * threads.
 */
final class Studio implements AutoCloseable {

  private static final int PAINTERS = 2;

  private final ExecutorService painters =
      Executors.newFixedThreadPool(
          PAINTERS, Thread.ofPlatform().daemon().name("demo-painter-", 0).factory());

  void deliver(Picture picture, OutputStream out) throws IOException {
    deliver(picture, Inputs.NONE, out);
  }

  /** Paints a picture and writes it as PNG; returns once it is written. */
  private void deliver(Picture picture, Inputs inputs, OutputStream out) throws IOException {
    var work =
        painters.submit(() -> {
          // A stream of its own keeps ImageIO from a temporary file.
          try (var png = new MemoryCacheImageOutputStream(out)) {
            return ImageIO.write(inputs.paint(picture), "png", png);
          }
        });
    try {
      work.get();
    } catch (ExecutionException e) {
      throw new IOException("the picture was not delivered", e.getCause());
    } catch (InterruptedException e) {
      work.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while painting");
    }
  }

  /** Delivers it as Base64, so that it is never held as text; what it is written into goes on. */
  void deliverBase64(Picture picture, Inputs inputs, OutputStream out) throws IOException {
    try (var base64 = Base64.getEncoder().wrap(new Unclosed(out))) {
      deliver(picture, inputs, base64);
    }
  }

  @Override
  public void close() {
    painters.shutdownNow();
  }

  private static final class Unclosed extends FilterOutputStream {

    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
