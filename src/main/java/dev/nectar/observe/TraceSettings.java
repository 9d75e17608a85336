package dev.nectar.observe;

import dev.nectar.settings.Setting;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where traces go.
 *
 * @param endpoint that takes OTLP over HTTP; null: nowhere
 */
public record TraceSettings(@Setting("OTEL_EXPORTER_OTLP_ENDPOINT") @Nullable URI endpoint) {}
