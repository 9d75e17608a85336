package dev.nectar.web;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.cache.CacheEntry;
import dev.nectar.http.Deadline;
import dev.nectar.http.HostAndPort;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.StagedImage;
import dev.nectar.image.StagingArea;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Brings back images that live at a host, for clients that can't be sent there. */
public final class HostedImages {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final RemoteFiles files;
  private final StagingArea staging;
  private final Ticker ticker;

  public HostedImages(RemoteFiles files, StagingArea staging, Ticker ticker) {
    this.files = files;
    this.staging = staging;
    this.ticker = ticker;
  }

  /**
   * The image's bytes, all here already. The operator chose the host, which may have any address.
   *
   * @throws IOException if the host does not give it back
   */
  public InputStream open(CacheEntry.Hosted entry) throws IOException {
    var url = entry.url();
    var image =
        files.fetch(url, HostAndPort.of(url)::equals, Deadline.in(TIMEOUT, ticker), staging::stage);
    return new StagedBytes(image);
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
