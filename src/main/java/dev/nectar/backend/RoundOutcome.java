package dev.nectar.backend;

import dev.nectar.backend.BackendReply.Painted;
import java.time.Instant;
import java.util.Set;

/** What a round of attempts came to. */
public sealed interface RoundOutcome {

  /**
   * A back end painted; the image is to be closed by whoever takes it.
   *
   * @param backend its name
   */
  record Done(Painted painted, String backend) implements RoundOutcome {}

  /** None painted. */
  sealed interface NonePainted extends RoundOutcome {

    /** What came of the attempts, each in a few words that are fit for clients. */
    Set<String> kinds();

    /** Whether other words may help: some did not like these, or may not have liked them. */
    boolean mayBeRewritten();
  }

  /**
   * At least one refused the content.
   *
   * @param certain whether every one that was asked said so
   */
  record Blocked(Set<String> kinds, boolean certain) implements NonePainted {
    @Override
    public boolean mayBeRewritten() {
      return true;
    }
  }

  /**
   * None refused the content; all that there are were asked and in order, and at least one found
   * the prompt too long.
   */
  record TooLong(Set<String> kinds, boolean mayBeRewritten) implements NonePainted {}

  /** All that there are were asked, and none knows the model. */
  record Unfit(Set<String> kinds) implements NonePainted {
    @Override
    public boolean mayBeRewritten() {
      return false;
    }
  }

  /**
   * None refused the content; all that could be asked failed, or some did, rest or were not reached
   * in time, and others did not fit.
   */
  record Exhausted(Set<String> kinds, boolean mayBeRewritten) implements NonePainted {}

  /**
   * All have used up their budgets, so that none was asked.
   *
   * @param end when the first of them may be asked again
   */
  record OutOfBudget(Instant end) implements NonePainted {
    @Override
    public Set<String> kinds() {
      return Set.of("out of budget");
    }

    @Override
    public boolean mayBeRewritten() {
      return false;
    }
  }
}
