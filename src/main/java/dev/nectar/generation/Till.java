package dev.nectar.generation;

import dev.nectar.account.Accounts;
import dev.nectar.account.Accounts.Charge;
import dev.nectar.account.CostMeters;
import dev.nectar.account.Painters;
import dev.nectar.account.Painting;
import dev.nectar.account.Payer;
import dev.nectar.account.Prices;
import dev.nectar.account.SpendCounts;
import dev.nectar.account.SpendLine;
import dev.nectar.backend.Attempt;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.cache.Provenance;
import dev.nectar.generation.GenerationResult.Failed.Reason;
import dev.nectar.image.ExtraParameter;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSource;
import dev.nectar.observe.Work;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What images cost, and who pays for them. */
final class Till {

  private final Accounts accounts;
  private final Prices prices;
  private final Painters painters;
  private final CostMeters costs;

  Till(Accounts accounts, Prices prices, Painters painters, CostMeters costs) {
    this.accounts = accounts;
    this.prices = prices;
    this.painters = painters;
    this.costs = costs;
  }

  /** Whether the payer may have this image, cached or not. */
  boolean opens(Payer payer, ImageRequest request) {
    return payer.opens(painters.model(request.model()));
  }

  /** Whether all of these may begin. */
  Accounts.Permission reserve(Payer payer, List<ImageRequest> requests) {
    return accounts.reserve(payer, requests.stream().map(this::highest).toList());
  }

  /** Nothing is made of these. */
  void giveBack(Collection<Charge> charges) {
    charges.forEach(accounts::notPainted);
  }

  private BigDecimal highest(ImageRequest request) {
    return prices.highest(
        painters
            .names()
            .map(name -> order(request, name, painters.sent(name, request.model())))
            .toList());
  }

  private static Prices.Order order(
      ImageRequest request, String backend, @Nullable String modelSent) {
    return new Prices.Order(
        backend,
        modelSent,
        Objects.toString(request.size(), null),
        request.extras().values().get(ExtraParameter.QUALITY));
  }

  /** Null if it is not known. */
  @Nullable BigDecimal cost(ImageRequest request, String backend, Painted painted) {
    return Optional.ofNullable(painted.usage())
        .flatMap(usage -> usage.cost())
        .or(() -> prices.of(order(request, backend, painted.model())))
        .orElse(null);
  }

  void attempted(Payer payer, ImageRequest request, Attempt attempt) {
    if (!attempt.isPainted()) {
      var model = painters.bounded(painters.sent(attempt.backend(), request.model()));
      var source = attempt.backend().equals(SpendLine.FALLBACK) ? SpendLine.FALLBACK : "backend";
      accounts.happened(
          payer.id(),
          new Painting(attempt.backend(), model, source, null),
          attempt.refused() ? SpendCounts.REFUSAL : SpendCounts.FAILURE);
    }
  }

  /** Takes down what a request came to, beside what was paid for it. */
  void answered(Payer payer, ImageAnswer answer) {
    accounts.keyUsed(payer.id());
    switch (answer.result()) {
      case GenerationResult.Stored(var entry) -> spared(payer, answer, entry.provenance());
      case GenerationResult.Hosted(var entry) -> spared(payer, answer, entry.provenance());
      case GenerationResult.Made(_, var provenance, _) -> spared(payer, answer, provenance);
      case GenerationResult.Failed(_, var reason) ->
          accounts.happened(
              payer.id(),
              null,
              reason == Reason.CONTENT_REFUSED ? SpendCounts.REFUSED : SpendCounts.FAILED);
      case GenerationResult.TimedOut _ -> accounts.happened(payer.id(), null, SpendCounts.FAILED);
      case GenerationResult.NoImage _ -> {}
    }
  }

  private void spared(Payer payer, ImageAnswer answer, Provenance provenance) {
    if (answer.cacheUse() != ImageAnswer.CacheUse.MISS) {
      accounts.spared(payer.id(), painting(provenance));
    }
  }

  private static Painting painting(Provenance provenance) {
    var source = provenance.source().name().toLowerCase(Locale.ROOT);
    var backend =
        provenance.source() == ImageSource.FALLBACK ? SpendLine.FALLBACK : provenance.backend();
    return new Painting(
        Objects.requireNonNullElse(backend, ""), provenance.model(), source, provenance.cost());
  }

  /** What is reserved for several images of one caller, each of whom takes a charge or none. */
  final class Prepaid implements Allowance {

    private final Allowance caller;
    private final Queue<Charge> charges;
    private final AtomicInteger users;

    Prepaid(Allowance caller, List<Charge> charges, int users) {
      this.caller = caller;
      this.charges = new ConcurrentLinkedQueue<>(charges);
      this.users = new AtomicInteger(users);
    }

    @Override
    public Optional<Duration> refusal() {
      return caller.refusal();
    }

    @Override
    public void giveBack() {
      caller.giveBack();
    }

    @Override
    public Payer payer() {
      return caller.payer();
    }

    @Override
    public Optional<Charge> prepaid() {
      return Optional.ofNullable(charges.poll());
    }

    /** Whoever leaves last gives back what nobody took. */
    void leave() {
      if (users.decrementAndGet() == 0) {
        Till.this.giveBack(charges);
      }
    }
  }

  /** What one generation is paid with. */
  final class Bill {

    private final Charge charge;
    private @Nullable Painting made;
    private @Nullable CompletableFuture<Void> entry;

    Bill(Charge charge) {
      this.charge = charge;
    }

    /** Begins to take down what was made, which takes as long as storing it. */
    void owe(Painting painting) {
      made = painting;
      costs.count(painting);
      entry = CompletableFuture.runAsync(() -> accounts.painted(charge, painting), Work.threads());
    }

    /** Null if nothing was made, or its price is not known. */
    @Nullable BigDecimal cost() {
      return made == null ? null : made.cost();
    }

    /** Empty if nothing was made. */
    String inWords() {
      return made == null ? "" : made.price();
    }

    /** Returns once what became of the charge is taken down. */
    void settle() {
      if (entry == null) {
        accounts.notPainted(charge);
      } else {
        entry.join();
      }
    }
  }
}
