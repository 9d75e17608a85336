package dev.nectar.generation;

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
}
