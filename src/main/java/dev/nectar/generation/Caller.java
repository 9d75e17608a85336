package dev.nectar.generation;

import dev.nectar.account.Payer;
import java.util.function.Consumer;

/**
 * Who asks for an image.
 *
 * @param requestId under which it stands in the log
 * @param presence who has gone away waits no longer
 * @param anew whether a new image is wanted, in the place of the one that may be known
 * @param watcher hears what the generation is at, from its thread; must return quickly and not
 *     throw
 * @param inputs what the image is to be made from
 */
public record Caller(
    String requestId,
    Allowance allowance,
    Presence presence,
    boolean anew,
    Consumer<? super Progress> watcher,
    SharedInputs inputs) {

  /** Who waits for the result alone. */
  public Caller(String requestId, Allowance allowance, Presence presence) {
    this(requestId, allowance, presence, false, progress -> {}, SharedInputs.none());
  }

  public Caller wantingNew() {
    return new Caller(requestId, allowance, presence, true, watcher, inputs);
  }

  public Caller watching(Consumer<? super Progress> other) {
    return new Caller(requestId, allowance, presence, anew, other, inputs);
  }

  public Caller bringing(SharedInputs others) {
    return new Caller(requestId, allowance, presence, anew, watcher, others);
  }

  /** One whose going away somebody else finds out. */
  public Caller staying() {
    return new Caller(requestId, allowance, Presence.ASSUMED, anew, watcher, inputs);
  }

  Caller with(Allowance other) {
    return new Caller(requestId, other, presence, anew, watcher, inputs);
  }

  Payer payer() {
    return allowance.payer();
  }
}
