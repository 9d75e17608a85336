package dev.nectar.cache.file;

import dev.nectar.image.StagingArea;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clears away the temporary images of a process that is gone, where no store does. */
public record StagingSweep(StagingArea area) {

  private static final Logger log = LoggerFactory.getLogger(StagingSweep.class);

  /** In the background; the thread ends when that is done. */
  public Thread start() {
    return Thread.ofVirtual().name("staging-sweep").start(this::run);
  }

  private void run() {
    try (var temporary = Files.newDirectoryStream(area.directory(), "*" + StagingArea.TEMPORARY)) {
      for (var file : temporary) {
        if (area.isAbandoned(file)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException e) {
      log.debug("There is no cache directory yet");
    } catch (IOException | DirectoryIteratorException e) {
      log.warn("Abandoned temporary images could not be cleared away: {}", e.toString());
    }
  }
}
