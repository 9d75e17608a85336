package dev.nectar.backend;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.backend.BackendReply.Declined;
import dev.nectar.backend.BackendReply.LockedOut;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.http.Deadline;
import dev.nectar.observe.Step;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A back end of the pool: what it paints with, how likely it is drawn, how it has done. */
public final class Backend {

  private static final Logger log = LoggerFactory.getLogger(Backend.class);

  private final Profile profile;
  private final ImageBackend painter;
  private final Negotiation negotiation;
  private final BackendHealth health;
  private final AttemptMeters meters;
  private final Ticker ticker;
  private final InstantSource clock;
  private volatile BackendStatus.@Nullable LastFailure lastFailure;

  /**
   * A back end that has not been asked yet.
   *
   * @param negotiation what the painter learns
   */
  public Backend(
      Profile profile,
      ImageBackend painter,
      Negotiation negotiation,
      MeterRegistry registry,
      Ticker ticker,
      InstantSource clock) {
    this.profile = profile;
    this.painter = painter;
    this.negotiation = negotiation;
    this.health = new BackendHealth(ticker);
    this.meters = new AttemptMeters(registry, profile.name(), negotiation);
    this.ticker = ticker;
    this.clock = clock;
  }

  public String name() {
    return profile.name();
  }

  double weight() {
    return profile.weight();
  }

  boolean takesMasks() {
    return painter.takesMasks();
  }

  /** Leave to {@link #ask} it now, which must then be done; empty if it rests. */
  Optional<BackendHealth.Admission> admit() {
    return health.admit();
  }

  /** Leave to {@link #ask} it although it rests. */
  BackendHealth.Admission insist() {
    return health.insist();
  }

  BackendReply ask(PaintRequest request, Deadline deadline, BackendHealth.Admission admission) {
    var start = ticker.read();
    var answered = false;
    try (var step = Step.begin("attempt").with("nectar.backend", name())) {
      var reply = painter.paint(request, deadline);
      answered = true;
      step.with("nectar.outcome", AttemptMeters.outcome(reply));
      if (reply instanceof Declined) {
        step.failed();
      }
      count(reply, Duration.ofNanos(ticker.read() - start));
      if (health.settle(admission, reply) && reply instanceof LockedOut lockedOut) {
        warn(lockedOut, request);
      }
      return reply;
    } finally {
      if (!answered) {
        health.release(admission);
      }
    }
  }

  private void count(BackendReply reply, Duration duration) {
    meters.count(reply, duration);
    if (reply instanceof Declined declined
        && reply.isOfAttempt()
        && !(reply instanceof Refused(var certain, _) && certain)) {
      lastFailure = new BackendStatus.LastFailure(clock.instant(), declined.kind());
    }
  }

  private void warn(LockedOut reply, PaintRequest request) {
    var remedy =
        switch (reply.grounds()) {
          case KEY -> "check " + profile.tokenSetting();
          case CREDIT -> "check the account behind its token in " + profile.tokenSetting();
        };
    log.warn(
        "Back end {}, which rests for now: {}.",
        Attempt.of(name(), request, reply, Duration.ZERO).withoutDuration(),
        remedy);
  }

  boolean isResting() {
    return health.isResting();
  }

  public BackendStatus status() {
    return new BackendStatus(
        name(),
        weight(),
        profile.protocol(),
        health.isResting() ? BackendStatus.State.RESTING : BackendStatus.State.UP,
        meters.counts(),
        meters.medianMillis(),
        lastFailure,
        negotiation.leftOut());
  }

  /**
   * What an operator said of a back end.
   *
   * @param name fit to be shown
   * @param weight from 0 up
   * @param protocol that it is spoken to in
   * @param tokenSetting the variable that has its token
   */
  public record Profile(String name, double weight, String protocol, String tokenSetting) {}
}
