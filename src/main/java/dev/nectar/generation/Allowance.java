package dev.nectar.generation;

import dev.nectar.account.Accounts.Charge;
import dev.nectar.account.Payer;
import java.time.Duration;
import java.util.Optional;

/** Whether whoever asks for an image may have another one made. */
public interface Allowance {

  /** Everyone, at any time. */
  Allowance UNLIMITED =
      new Allowance() {
        @Override
        public Optional<Duration> refusal() {
          return Optional.empty();
        }

        @Override
        public void giveBack() {}
      };

  /**
   * Asked as a generation begins, and never for what is known or under way already; must not block.
   *
   * @return how long to wait before asking again; empty if the generation may begin
   */
  Optional<Duration> refusal();

  /** Nothing had to be made after all. */
  void giveBack();

  /** Who pays for it. */
  default Payer payer() {
    return Payer.MAIN;
  }

  /** Takes what was reserved for one of several images; empty if nothing was, or is left. */
  default Optional<Charge> prepaid() {
    return Optional.empty();
  }
}
