package dev.nectar.backend;

import dev.nectar.SettableClock;
import dev.nectar.backend.Backend.Profile;
import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Evidence;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.LockedOut;
import dev.nectar.backend.BackendReply.LockedOut.Grounds;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.BackendReply.TooLong;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.backend.BackendRound.Watcher;
import dev.nectar.http.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Tests of rounds, of back ends that answer as they are named. */
abstract class RoundCase {

  static final PaintRequest REQUEST = new PaintRequest("a prompt", null, null, 42);

  final SettableClock clock = new SettableClock();
  final List<Attempt> attempts = new ArrayList<>();
  final List<String> announced = new ArrayList<>();
  final Watcher watcher =
      new Watcher() {
        @Override
        public void asking(int attempt, int of) {
          announced.add(attempt + " of " + of);
        }

        @Override
        public void answered(Attempt attempt) {
          attempts.add(attempt);
        }
      };

  RoundOutcome paint(BackendRound round) {
    return round.paint(REQUEST, Deadline.in(Duration.ofMinutes(1), clock), watcher);
  }

  BackendRound round(int refusalLimit, Backend... backends) {
    return new BackendRound(
        List.of(backends), refusalLimit, Duration.ofSeconds(10), clock, new Random(1));
  }

  Backend failing(String name) {
    return backend(name, () -> new Failed("server error"));
  }

  Backend refusing(String name, boolean certain) {
    return backend(name, () -> new Refused(certain, Evidence.NONE));
  }

  Backend unclear(String name, int status) {
    return backend(name, () -> new Unclear(new Evidence(status, null, "Bad request")));
  }

  Backend tooLong(String name) {
    return backend(name, () -> new TooLong(Evidence.NONE));
  }

  Backend unfit(String name) {
    return backend(name, () -> new Unfit(Evidence.NONE));
  }

  Backend takingNoInputs(String name) {
    return backend(name, () -> new Unfit(Unfit.Lack.INPUTS, Evidence.NONE));
  }

  Backend takingNoMasks(String name) {
    return backend(
        name,
        new ImageBackend() {
          @Override
          public BackendReply paint(PaintRequest request, Deadline deadline) {
            return new Unfit(Evidence.NONE);
          }

          @Override
          public boolean takesMasks() {
            return false;
          }
        });
  }

  Backend busy(String name) {
    return backend(name, () -> new Busy(null, Evidence.NONE));
  }

  Backend lockedOut(String name) {
    return backend(
        name, () -> new LockedOut(Grounds.KEY, new Evidence(401, "invalid_api_key", "")));
  }

  Backend backend(String name, Supplier<BackendReply> reply) {
    return backend(name, (_, _) -> reply.get());
  }

  private Backend backend(String name, ImageBackend painter) {
    return new Backend(
        new Profile(name, 1, "images", "TOKEN_MAP"),
        painter,
        new Negotiation(List.of(), clock, clock),
        new SimpleMeterRegistry(),
        clock,
        clock);
  }
}
