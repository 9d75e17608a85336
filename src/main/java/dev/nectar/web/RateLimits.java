package dev.nectar.web;

import dev.nectar.generation.Allowance;
import dev.nectar.generation.ImageAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;

/** How many images each client may have made. */
public interface RateLimits {

  RateLimits NONE = request -> Quota.UNLIMITED;

  Quota quota(HttpServletRequest request);

  /** One client's share. */
  interface Quota extends Allowance {

    Quota UNLIMITED =
        new Quota() {
          @Override
          public Optional<Duration> refusal() {
            return Allowance.UNLIMITED.refusal();
          }

          @Override
          public void giveBack() {
            Allowance.UNLIMITED.giveBack();
          }

          @Override
          public void describe(ImageAnswer answer, HttpServletResponse response) {}
        };

    /** Tells what is left of it, if the answer took from it or was refused. */
    void describe(ImageAnswer answer, HttpServletResponse response);
  }
}
