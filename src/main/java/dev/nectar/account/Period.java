package dev.nectar.account;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How long a budget lasts; each begins at 00:00 UTC. */
public enum Period {
  DAY,
  /** From Monday on. */
  WEEK,
  MONTH,
  /** For ever. */
  TOTAL;

  /** Empty if no period is called so. */
  public static Optional<Period> parse(String text) {
    return Arrays.stream(values()).filter(period -> period.text().equals(text)).findFirst();
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Names the one that has this day, other than any other one. */
  public String id(LocalDate day) {
    return switch (this) {
      case DAY -> day.toString();
      case WEEK -> "week " + start(day);
      case MONTH -> YearMonth.from(day).toString();
      case TOTAL -> text();
    };
  }

  /** Of the one that has this day. */
  public LocalDate start(LocalDate day) {
    return switch (this) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
      case TOTAL -> LocalDate.EPOCH;
    };
  }

  /** The first day after it; of a period without an end, one that never comes. */
  public LocalDate end(LocalDate day) {
    var start = start(day);
    return switch (this) {
      case DAY -> start.plusDays(1);
      case WEEK -> start.plusWeeks(1);
      case MONTH -> start.plusMonths(1);
      case TOTAL -> LocalDate.of(9999, 12, 31);
    };
  }

  /** When the next one begins; empty if none ever does. */
  public Optional<Instant> next(Instant now) {
    return this == TOTAL
        ? Optional.empty()
        : Optional.of(end(day(now)).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** By which everything is booked. */
  public static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
