package dev.nectar.backend.protocol;

import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Declined;
import dev.nectar.backend.BackendReply.Evidence;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.LockedOut;
import dev.nectar.backend.BackendReply.LockedOut.Grounds;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.BackendReply.TooLong;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.backend.BackendReply.Unfit.Lack;
import dev.nectar.backend.Verdict;
import dev.nectar.backend.protocol.Signs.Sign.Meaning;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells what an answer means: by its codes first, then by the parameters that it blames, then by
 * its words, and by its status where it says nothing.
 */
final class Judge {

  private final Report report;
  private final Sent sent;
  private final Echoes.Rest said;
  private final Blame blame;

  /** Null: it asks for no pause. */
  private final @Nullable Duration retryAfter;

  private Judge(Report report, Sent sent, @Nullable Duration retryAfter) {
    this.report = report;
    this.sent = sent;
    this.retryAfter = retryAfter == null ? report.retryDelay() : retryAfter;
    this.said =
        Echoes.of(sent.parameters().values())
            .takenOutOf(
                report.isPage()
                    ? List.of()
                    : Stream.concat(report.codes().stream(), report.messages().stream()).toList());
    this.blame = new Blame(report, sent, said.text());
  }

  /**
   * Judges an answer other than a success.
   *
   * @param retryAfter null if it asks for no pause by a header
   */
  static Verdict error(Report report, Sent sent, @Nullable Duration retryAfter) {
    var judge = new Judge(report, sent, retryAfter);
    return judge
        .byCodes()
        .or(judge::byParameters)
        .or(judge::byWords)
        .or(judge::byBlame)
        .orElseGet(() -> judge.byStatus(report.status()));
  }

  /** Judges a success that holds no picture and nothing that was to be one. */
  static Optional<Verdict> emptySuccess(Report report, Sent sent) {
    var judge = new Judge(report, sent, null);
    return judge.byCodes().or(judge::byWords).or(() -> report.statusWithin().map(judge::byStatus));
  }

  private Optional<Verdict> byCodes() {
    return Signs.ofCodes(report.codes())
        .filter(meaning -> meaning != Meaning.BUSY || mayBeBusy())
        .filter(meaning -> meaning != Meaning.TOO_LONG || blame.isOfPrompt())
        .map(meaning ->
            meaning == Meaning.REFUSED && Signs.areOfAccount(said) ? Meaning.KEY : meaning)
        .or(() -> isToWait() ? Optional.of(Meaning.BUSY) : Optional.empty())
        .map(this::verdict);
  }

  /** Others use the same codes for other things. */
  private boolean mayBeBusy() {
    return switch (report.status()) {
      case 429, 503 -> true;
      default -> report.status() / 100 == 2;
    };
  }

  private boolean isToWait() {
    return report.status() == 429 && report.retryDelay() != null;
  }

  private Optional<Verdict> byParameters() {
    return isNegotiable() ? blame.byName() : Optional.empty();
  }

  private Optional<Verdict> byWords() {
    return Signs.ofWords(said, report.status()).map(this::verdict);
  }

  private Optional<Verdict> byBlame() {
    return isNegotiable() ? blame.byWords() : Optional.empty();
  }

  private boolean isNegotiable() {
    return switch (report.status()) {
      case 400, 404, 422 -> true;
      default -> false;
    };
  }

  private Declined verdict(Meaning meaning) {
    var evidence = report.evidence();
    return switch (meaning) {
      case FILTER_FAILED -> new Failed("filter out of order", evidence);
      case REFUSED -> new Refused(true, evidence);
      case KEY -> new LockedOut(Grounds.KEY, evidence);
      case CREDIT -> new LockedOut(Grounds.CREDIT, evidence);
      case BUSY -> new Busy(retryAfter, evidence);
      case UNFIT -> new Unfit(evidence);
      case NO_INPUTS -> new Unfit(Lack.INPUTS, evidence);
      case TOO_LONG -> new TooLong(evidence);
    };
  }

  private Declined byStatus(int status) {
    var evidence = report.evidence();
    if (sent.isForInputs() && (status == 404 || status == 405)) {
      return new Unfit(Lack.INPUTS, evidence);
    }
    return switch (status) {
      case 401, 403 -> new LockedOut(Grounds.KEY, evidence);
      case 402 -> new LockedOut(Grounds.CREDIT, evidence);
      case 404 -> sent.has("model") ? new Unfit(evidence) : new Unclear(evidence);
      case 408 -> failed(status, evidence);
      case 429 -> new Busy(retryAfter, evidence);
      case 451 -> new Refused(true, evidence);
      case 503 -> retryAfter == null ? failed(status, evidence) : new Busy(retryAfter, evidence);
      default -> status / 100 == 4 ? new Unclear(evidence) : failed(status, evidence);
    };
  }

  private static Failed failed(int status, Evidence evidence) {
    return new Failed("status " + status, evidence);
  }
}
