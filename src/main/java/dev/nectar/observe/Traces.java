package dev.nectar.observe;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;

/** Where traces begin. */
public final class Traces {

  /** Draws none. */
  public static final Traces NONE = new Traces(null);

  private final @Nullable Tracer tracer;

  private Traces(@Nullable Tracer tracer) {
    this.tracer = tracer;
  }

  public static Traces to(OpenTelemetry telemetry) {
    return new Traces(telemetry.getTracer("nectar"));
  }

  /** The first step of a trace, or a part of the one that this thread works on. */
  public Step begin(String name) {
    return tracer == null
        ? Step.NONE
        : Step.begin(name, tracer, Context.current().with(Step.TRACER, tracer));
  }

  /** Has this thread work on a client's trace, if the headers name one, as W3C has it. */
  @SuppressWarnings("MustBeClosedChecker") // whoever gets it closes it
  public <C> Work.Scope continued(C headers, TextMapGetter<C> getter) {
    if (tracer == null) {
      return () -> {};
    }
    var trace = W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, getter);
    return trace.makeCurrent()::close;
  }
}
