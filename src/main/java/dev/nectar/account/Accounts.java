package dev.nectar.account;

import dev.nectar.storage.WarningLimit;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether a picture may be made, and takes down what it has cost. What is held for pictures
 * under way and what they cost is in the ledger before their answers are.
 */
public final class Accounts {

  private static final Logger log = LoggerFactory.getLogger(Accounts.class);

  /**
   * A picture that may be made, until it is settled.
   *
   * @param key who pays
   * @param hold null if nothing is held for it
   */
  public record Charge(String key, @Nullable Hold hold) {

    /** Of whoever has no limits. */
    public static Charge free(String key) {
      return new Charge(key, null);
    }

    List<Hold> takenFrom(Map<String, Hold> holds) {
      if (hold == null) {
        return List.of();
      }
      holds.remove(hold.id());
      return List.of(hold);
    }
  }

  /** Whether what was asked for may be made. */
  public sealed interface Permission {}

  /**
   * It may.
   *
   * @param charges one a picture, each to be settled
   */
  public record Granted(List<Charge> charges) implements Permission {}

  /** It may not. */
  public sealed interface Denied extends Permission {}

  /**
   * The budget does not reach.
   *
   * @param next when the next period begins; null: never
   */
  public record UsedUp(@Nullable Instant next) implements Denied {}

  /** What is left can't be found out. */
  public record Unknown() implements Denied {}

  private final Ledger ledger;
  private final Journal journal;
  private final BackendLimits limits;
  private final InstantSource clock;
  private final String node = UUID.randomUUID().toString();
  private final Map<String, Hold> holds = new ConcurrentHashMap<>();
  private final WarningLimit warnings = new WarningLimit();
  private SpendCounts sinceStart = SpendCounts.NONE;

  public Accounts(Ledger ledger, Map<String, Budget> backendBudgets, InstantSource clock) {
    this.ledger = ledger;
    this.journal = new Journal(ledger);
    this.limits = new BackendLimits(backendBudgets, ledger, journal, clock);
    this.clock = clock;
  }

  public BackendLimits backendLimits() {
    return limits;
  }

  /**
   * Whether these may be made, all or none.
   *
   * @param highest what each can cost at most
   */
  public Permission reserve(Payer payer, List<BigDecimal> highest) {
    var budget = payer.budget();
    if (budget == null || highest.isEmpty()) {
      return new Granted(highest.stream().map(_ -> new Charge(payer.id(), null)).toList());
    }
    var asked =
        highest.stream()
            .map(amount -> new Hold(UUID.randomUUID().toString(), node, payer.id(), amount))
            .toList();
    try {
      return isHeld(asked, budget) ? granted(asked) : usedUp(budget);
    } catch (IOException e) {
      if (warnings.permits()) {
        log.warn("What is left of a budget can't be read: {}", e.getMessage());
      }
      return new Unknown();
    }
  }

  private Granted granted(List<Hold> asked) {
    return new Granted(asked.stream().map(hold -> new Charge(hold.key(), hold)).toList());
  }

  private UsedUp usedUp(Budget budget) {
    return new UsedUp(budget.per().next(clock.instant()).orElse(null));
  }

  private boolean isHeld(List<Hold> asked, Budget budget) throws IOException {
    if (journal.isWritable()) {
      try {
        var held = ledger.hold(asked, budget, clock.instant());
        if (held) {
          asked.forEach(hold -> holds.put(hold.id(), hold));
        }
        return held;
      } catch (IOException e) {
        journal.unwritable(e);
        asked.forEach(journal::release);
      }
    }
    return isHeldHere(asked, budget);
  }

  /** While the ledger can be read only: by what it tells and what this server knows. */
  private boolean isHeldHere(List<Hold> asked, Budget budget) throws IOException {
    var key = asked.getFirst().key();
    var spender = Spender.key(key);
    var entered = ledger.used(spender, budget.per(), today());
    synchronized (holds) {
      var under = new ArrayList<>(holds.values());
      under.removeIf(hold -> !hold.key().equals(key));
      var used =
          entered.plus(journal.outstanding(spender, budget.per(), today())).plus(Hold.sum(under));
      if (!budget.permits(used, asked)) {
        return false;
      }
      asked.forEach(hold -> holds.put(hold.id(), hold));
      return true;
    }
  }

  /** A picture was made; entered before this returns, if that can be done. */
  public void painted(Charge charge, Painting painting) {
    var counts = SpendCounts.painted(painting.cost());
    count(counts);
    limits.add(painting.backend(), counts.used());
    journal.enter(Map.of(line(charge.key(), painting), counts), charge.takenFrom(holds));
  }

  /** No picture was made, which costs nothing. */
  public void notPainted(Charge charge) {
    var settled = charge.takenFrom(holds);
    if (!settled.isEmpty()) {
      journal.enter(Map.of(), settled);
    }
  }

  /** A picture needed not be made. */
  public void spared(String key, Painting painting) {
    var counts = SpendCounts.spared(painting.cost());
    count(counts);
    journal.note(line(key, painting), counts);
  }

  /**
   * Something else happened.
   *
   * @param painting who was to paint; null if it concerns the request as a whole
   */
  public void happened(String key, @Nullable Painting painting, SpendCounts counts) {
    journal.note(
        painting == null
            ? new SpendLine(today(), key, "", "", SpendLine.NO_SOURCE)
            : line(key, painting),
        counts);
  }

  public void keyUsed(String key) {
    if (!key.equals(SpendLine.MAIN)) {
      journal.used(key, clock.instant());
    }
  }

  private SpendLine line(String key, Painting painting) {
    return new SpendLine(
        today(),
        key,
        painting.backend(),
        Optional.ofNullable(painting.model()).orElse(""),
        painting.source());
  }

  private LocalDate today() {
    return Period.day(clock.instant());
  }

  private synchronized void count(SpendCounts counts) {
    sinceStart = sinceStart.plus(counts);
  }

  /** What was had in the running period. */
  public Used used(String key, Period period) throws IOException {
    var spender = Spender.key(key);
    return ledger
        .used(spender, period, today())
        .plus(journal.outstanding(spender, period, today()));
  }

  /** What was spent from the one day to the other, both included. */
  public Map<SpendLine, SpendCounts> spend(LocalDate from, LocalDate to) throws IOException {
    journal.flush();
    var spend = new HashMap<>(ledger.spend(from, to));
    journal
        .outstanding()
        .forEach((line, counts) -> {
          if (!line.day().isBefore(from) && !line.day().isAfter(to)) {
            spend.merge(line, counts, SpendCounts::plus);
          }
        });
    return spend;
  }

  /** Of this server. */
  public synchronized SpendCounts sinceStart() {
    return sinceStart;
  }

  public boolean isWritable() {
    return journal.isWritable();
  }

  /** Enters what waits, and tells that this server is still there. */
  void write() {
    journal.flush();
    if (!holds.isEmpty() && journal.isWritable()) {
      try {
        ledger.present(node, clock.instant());
      } catch (IOException e) {
        journal.unwritable(e);
      }
    }
  }
}
