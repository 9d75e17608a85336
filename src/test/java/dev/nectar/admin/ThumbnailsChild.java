package dev.nectar.admin;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.cache.CacheEntry.Stored;
import dev.nectar.cache.Provenance;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.ImageFacts;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageSource;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.variant.ImageDecoder;
import dev.nectar.web.HostedImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Makes a thumbnail of each file of a directory twice, all at once, and tells what came of it. */
final class ThumbnailsChild {

  private ThumbnailsChild() {}

  public static void main(String[] arguments) throws Exception {
    var directory = Path.of(arguments[0]);
    try (var remote = new RemoteFiles(1);
        var files = Files.list(directory);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var staging = new StagingArea(directory, 1_000);
      var hosted = new HostedImages(remote, staging, _ -> false, Ticker.systemTicker());
      var thumbnails = new Thumbnails(hosted, staging, new ImageDecoder());
      var makings =
          files
              .flatMap(file -> Stream.of(file + " once", file + " again"))
              .<Callable<String>>map(name -> () -> make(thumbnails, name))
              .toList();
      for (var making : threads.invokeAll(makings)) {
        System.out.println(making.get());
      }
    }
  }

  private static String make(Thumbnails thumbnails, String name) throws IOException {
    var file = Path.of(name.substring(0, name.lastIndexOf(' ')));
    var story = new Provenance(null, null, null, null, ImageSource.BACKEND, null, Instant.EPOCH);
    // Neither format nor size are told, so that each is decoded twice.
    var entry = new Stored(story, new ImageFacts(ImageFormat.PNG, 0, name, null), file);
    return file.getFileName() + ": " + thumbnails.of(entry);
  }
}
