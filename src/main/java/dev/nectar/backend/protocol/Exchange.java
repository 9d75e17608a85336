package dev.nectar.backend.protocol;

import dev.nectar.http.HostAndPort;
import dev.nectar.http.HttpCalls;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.staging.StagingArea;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * What every back end works with.
 *
 * @param allowedHosts that a link may lead to although their addresses are not public
 */
record Exchange(
    HttpCalls http,
    RemoteFiles files,
    Predicate<HostAndPort> allowedHosts,
    StagingArea staging,
    InstantSource clock,
    Pause pause) {

  /** Waits; a seam for tests. */
  @FunctionalInterface
  interface Pause {
    void sleep(Duration duration) throws InterruptedException;
  }
}
