package dev.nectar.cache;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** Reads ISO-8601, epoch milliseconds and epoch seconds: the original script wrote numbers too. */
final class CreationTime extends ValueDeserializer<@Nullable Instant> {

  /** As seconds the year 5138, as milliseconds 1973: no cache is as young or as old. */
  private static final double LEAST_MILLIS = 1e11;

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  @Override
  public Instant deserialize(JsonParser parser, DeserializationContext context) {
    var time =
        switch (parser.currentToken()) {
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> ofEpoch(parser.getDoubleValue());
          case VALUE_STRING -> Instant.parse(parser.getString());
          default -> throw new DateTimeException("neither a text nor a number");
        };
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
      throw new DateTimeException("out of bounds");
    }
    return time;
  }

  /** A double holds today's milliseconds exactly. */
  private static Instant ofEpoch(double number) {
    return Instant.ofEpochMilli((long) (number < LEAST_MILLIS ? number * 1_000 : number));
  }
}
