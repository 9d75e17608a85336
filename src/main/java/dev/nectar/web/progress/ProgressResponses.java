package dev.nectar.web.progress;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.generation.Caller;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.generation.Progress;
import dev.nectar.image.ImageRequest;
import dev.nectar.observe.Work;
import dev.nectar.web.Access;
import dev.nectar.web.AnswerForm;
import dev.nectar.web.EventStream;
import dev.nectar.web.ImageLinks;
import dev.nectar.web.ProblemResponses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a prompt with the events of its generation instead of the image. */
final class ProgressResponses implements AnswerForm {

  private static final Logger log = LoggerFactory.getLogger(ProgressResponses.class);

  /** Proxies cut what is silent for a minute, some for half a minute. */
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** So often is it found out whether the client is still there. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final BiFunction<ImageRequest, Caller, ImageAnswer> generation;
  private final ProblemResponses problems;
  private final ImageLinks links;
  private final Ticker ticker;
  private final Duration heartbeat;
  private final Duration look;

  ProgressResponses(
      BiFunction<ImageRequest, Caller, ImageAnswer> generation,
      ProblemResponses problems,
      ImageLinks links,
      Ticker ticker,
      Duration heartbeat) {
    this.generation = generation;
    this.problems = problems;
    this.links = links;
    this.ticker = ticker;
    this.heartbeat = heartbeat;
    this.look = heartbeat.compareTo(LOOK) < 0 ? heartbeat : LOOK;
  }

  private sealed interface Event {}

  private record Step(Progress progress) implements Event {}

  private record End(ImageAnswer answer) implements Event {}

  private record Break(Throwable fault) implements Event {}

  @Override
  public boolean isWanted(HttpServletRequest request) {
    return EventStream.isWanted(request);
  }

  /** Streams until the generation ends or the client goes away, which ends nothing. */
  @Override
  public void write(
      ImageRequest image,
      Caller caller,
      Access.Pass pass,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var url = url(image, pass, request);
    var stream = EventStream.open(response);
    var events = new ProgressEvents(image, url, caller.requestId(), stream, problems, ticker);
    var heard = new LinkedBlockingQueue<Event>();
    var written = new CountDownLatch(1);
    Thread.ofVirtual()
        .name("watch-" + caller.requestId())
        .start(Work.carried(() -> follow(image, caller.staying(), heard, written)));
    var silence = Duration.ZERO;
    try {
      while (caller.presence().isHere()) {
        switch (heard.poll(look.toMillis(), TimeUnit.MILLISECONDS)) {
          case null -> {
            silence = silence.plus(look);
            if (silence.compareTo(heartbeat) >= 0) {
              stream.heartbeat();
              silence = Duration.ZERO;
            }
          }
          case Step(var progress) -> events.step(progress);
          case End(var answer) -> {
            events.end(answer);
            return;
          }
          case Break(var fault) -> {
            log.error("The generation for request {} broke off.", caller.requestId(), fault);
            events.breakOff();
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      written.countDown();
    }
  }

  /** A new signature would outlive the old key. */
  private String url(ImageRequest image, Access.Pass pass, HttpServletRequest request) {
    return switch (pass) {
      case Access.ByKey _ -> links.forKeyHolder(image, request);
      case Access.ByLink _ -> links.again(request);
    };
  }

  /** Holds the answer until it is written: an image that was not kept lives no longer. */
  private void follow(
      ImageRequest image, Caller caller, LinkedBlockingQueue<Event> heard, CountDownLatch written) {
    try (var answer =
        generation.apply(image, caller.watching(progress -> heard.add(new Step(progress))))) {
      heard.add(new End(answer));
      written.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      heard.add(new Break(e));
    }
  }
}
