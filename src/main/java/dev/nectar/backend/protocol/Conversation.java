package dev.nectar.backend.protocol;

import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.Usage;
import dev.nectar.backend.Verdict;
import dev.nectar.backend.protocol.Pictures.Source;
import dev.nectar.http.Deadline;
import dev.nectar.http.HttpFaults;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.observe.Work;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** Asks a back end over HTTP and understands its answer, whatever its protocol. */
final class Conversation {

  /** For what may follow a picture: the remark that it is none. */
  private static final Duration POSTSCRIPT = Duration.ofSeconds(5);

  private final Exchange exchange;
  private final Pictures pictures;
  private final Links links;

  /** What a question came to. */
  sealed interface Outcome {}

  /**
   * An image, to be closed by whoever takes it.
   *
   * @param usage null if the answer tells none
   */
  record Picture(StagedImage image, @Nullable Usage usage) implements Outcome {}

  /**
   * Anything else.
   *
   * @param linkWasLost whether the picture was named, and could not be fetched
   */
  record Judged(Verdict verdict, boolean linkWasLost) implements Outcome {}

  /**
   * A back end.
   *
   * @param endpoint what links are relative to
   * @param credentials headers for its own host, where it asks for them
   */
  Conversation(
      Exchange exchange, Pictures pictures, URI endpoint, Map<String, String> credentials) {
    this.exchange = exchange;
    this.pictures = pictures;
    this.links = new Links(endpoint, credentials, exchange);
  }

  /** Asks once, and fetches the picture if the answer only names it. */
  Outcome ask(HttpUriRequestBase request, Sent sent, Deadline deadline) {
    Work.headers().forEach(request::setHeader);
    try (var answer =
        exchange.http().call(request, deadline, response -> hear(request, response, deadline))) {
      return understood(answer, sent, deadline);
    } catch (IOException e) {
      return judged(new Failed(HttpFaults.describe(e)));
    }
  }

  /** Reads an answer, and breaks it off where nothing worth the wait can come. */
  private Answer hear(HttpUriRequestBase request, ClassicHttpResponse response, Deadline deadline) {
    var half = deadline.remaining().dividedBy(2);
    var patience = half.compareTo(POSTSCRIPT) < 0 ? half : POSTSCRIPT;
    var end = new CompletableFuture<Boolean>();
    var _ =
        end.whenComplete((_, timeout) -> {
          if (timeout != null) {
            Work.threads().execute(request::cancel);
          }
        });
    try {
      return Answer.read(
          response, exchange, () -> end.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS));
    } finally {
      end.complete(true);
    }
  }

  Outcome understood(Answer answer, Sent sent, Deadline deadline) throws IOException {
    var report = Report.of(answer);
    if (!answer.isSuccess()) {
      return judged(Judge.error(report, sent, answer.retryAfter()));
    }
    if (answer.isPicture()) {
      return new Picture(answer.pictures().get(0).take(), null);
    }
    var items = pictures.in(answer.documents());
    var shown = items.stream().filter(item -> !Markers.areIn(item.node())).toList();
    var sources = shown.stream().flatMap(item -> item.sources().stream()).toList();
    if (answer.documents().stream().anyMatch(document -> Markers.areBeside(items, document))
        || (sources.isEmpty() && shown.size() < items.size())) {
      return judged(new Refused(true, report.evidence()));
    }
    return sources.isEmpty()
        ? judged(silence(answer, report, sent))
        : picture(sources, answer, report, deadline);
  }

  /** Judges a success that has nothing to show. */
  private Verdict silence(Answer answer, Report report, Sent sent) {
    if (answer.fault() != null) {
      return failed(HttpFaults.describe(answer.fault()), report);
    }
    if (answer.text() != null) {
      var isImage = answer.mediaType().startsWith("image/");
      return failed(isImage ? HttpFaults.notAPicture(answer.mediaType()) : "not JSON", report);
    }
    var told = Judge.emptySuccess(report, sent);
    if (told.isPresent()) {
      return told.get();
    }
    if (answer.status() == 202 || report.isTask()) {
      return failed("answers with a task", report);
    }
    return pictures
        .silentRefusal(answer.documents())
        .<Verdict>map(said -> new Refused(false, report.evidence().orMessage(said)))
        .orElseGet(() -> failed("no picture", report));
  }

  private Outcome picture(List<Source> sources, Answer answer, Report report, Deadline deadline) {
    var search = new PictureSearch(answer.pictures(), links, exchange.pause(), deadline);
    return search
        .first(sources)
        .<Outcome>map(image -> new Picture(image, answer.usage()))
        .orElseGet(() -> new Judged(failed(search.fault(), report), search.linkWasLost()));
  }

  private static Failed failed(String kind, Report report) {
    return new Failed(kind, report.evidence());
  }

  private static Judged judged(Verdict verdict) {
    return new Judged(verdict, false);
  }
}
