package dev.nectar.web;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.cache.CacheEntry;
import dev.nectar.http.Deadline;
import dev.nectar.http.HostAndPort;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Predicate;

/** Brings back images that live at a host, for those who can't be sent there. */
public final class HostedImages {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final RemoteFiles files;
  private final StagingArea staging;
  private final Predicate<HostAndPort> exempt;
  private final Ticker ticker;

  /**
   * @param exempt places that may have any address; the host's own word is not enough
   */
  public HostedImages(
      RemoteFiles files, StagingArea staging, Predicate<HostAndPort> exempt, Ticker ticker) {
    this.files = files;
    this.staging = staging;
    this.exempt = exempt;
    this.ticker = ticker;
  }

  /**
   * The image's bytes, all here already.
   *
   * @throws IOException if the host does not give it back
   */
  public InputStream open(CacheEntry.Hosted entry) throws IOException {
    return new StagedBytes(fetch(entry, TIMEOUT));
  }

  /**
   * The image, to be closed.
   *
   * @throws IOException if the host does not give it back in this time
   */
  public StagedImage fetch(CacheEntry.Hosted entry, Duration timeout) throws IOException {
    return files.fetch(entry.url(), exempt, Deadline.in(timeout, ticker), staging::stage);
  }

  /** Removes the temporary file when it is closed. */
  private static final class StagedBytes extends FilterInputStream {
    private final StagedImage image;

    StagedBytes(StagedImage image) {
      super(image.open());
      this.image = image;
    }

    @Override
    public void close() throws IOException {
      try (image) {
        super.close();
      }
    }
  }
}
