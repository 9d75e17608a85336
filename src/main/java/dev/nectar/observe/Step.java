package dev.nectar.observe;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;

/**
 * A step of a trace, until it is closed by the thread that began it; nothing where there is none.
 */
public final class Step implements AutoCloseable {

  /** Who draws the trace that a thread works on. */
  static final ContextKey<Tracer> TRACER = ContextKey.named("nectar.tracer");

  static final Step NONE = new Step(Span.getInvalid(), Scope.noop());

  /** What is done in a step. */
  @FunctionalInterface
  public interface Task<T, E extends Exception> {
    T run() throws E;
  }

  private final Span span;
  private final Scope scope;

  private Step(Span span, Scope scope) {
    this.span = span;
    this.scope = scope;
  }

  /** Does something as a part of the step that this thread is at; an exception is its failure. */
  public static <T, E extends Exception> T of(String name, Task<T, E> task) throws E {
    try (var step = begin(name)) {
      try {
        return task.run();
      } catch (Exception e) {
        step.failed();
        throw e;
      }
    }
  }

  /** A part of the step that this thread is at. */
  public static Step begin(String name) {
    var here = Context.current();
    var tracer = here.get(TRACER);
    return tracer == null ? NONE : begin(name, tracer, here);
  }

  @SuppressWarnings("MustBeClosedChecker") // closed with the step
  static Step begin(String name, Tracer tracer, Context parent) {
    var span = tracer.spanBuilder(name).setParent(parent).startSpan();
    return new Step(span, parent.with(span).makeCurrent());
  }

  /**
   * Says more of it.
   *
   * @param value never a prompt, a key or a token
   */
  public Step with(String attribute, String value) {
    span.setAttribute(attribute, value);
    return this;
  }

  /** It did not come to what it was for. */
  public void failed() {
    span.setStatus(StatusCode.ERROR);
  }

  @Override
  public void close() {
    scope.close();
    span.end();
  }
}
