package dev.nectar.admin;

import dev.nectar.account.Budget;
import dev.nectar.account.KeyTerms;
import dev.nectar.account.Period;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.settings.Rate;
import dev.nectar.web.access.Referers;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What an admin says of a key; a member that is null takes a limit away. */
record KeyOrder(Map<String, @Nullable Object> members) {

  private static final String KEY = "key";
  private static final String GRACE = "graceSeconds";
  private static final Set<String> TERMS =
      Set.of("name", "models", "rate", "budget", "expiresAt", "referers");
  private static final Set<String> BUDGET = Set.of("amount", "pictures", "per");

  private static final int MAX_TEXT = 200;
  private static final int MAX_ENTRIES = 1_000;
  private static final long LONGEST_GRACE = Duration.ofDays(366).toSeconds();
  private static final BigDecimal MAX_AMOUNT = new BigDecimal("1000000000000");

  /** One that makes a key. */
  static KeyOrder making(Map<String, @Nullable Object> members) {
    known(members, TERMS::contains, "");
    return new KeyOrder(members);
  }

  /** One that changes a key. */
  static KeyOrder changing(Map<String, @Nullable Object> members) {
    known(members, name -> TERMS.contains(name) || name.equals(KEY) || name.equals(GRACE), "");
    var order = new KeyOrder(members);
    if (members.containsKey(GRACE) && !order.rotates()) {
      throw wrong(GRACE, "is for {\"key\": \"rotate\"}");
    }
    return order;
  }

  private static void known(Map<String, ?> members, Predicate<String> isKnown, String within) {
    members.keySet().stream()
        .filter(isKnown.negate())
        .findFirst()
        .ifPresent(name -> {
          throw wrong(within + name, "is not known");
        });
  }

  private static InvalidImageRequestException wrong(String field, String fault) {
    return new InvalidImageRequestException(field, "The field '%s' %s.".formatted(field, fault));
  }

  /** With all that is said here; what is not said stays. */
  KeyTerms terms(@Nullable KeyTerms before) {
    var has = before == null ? new KeyTerms("", null, null, null, null, null) : before;
    return new KeyTerms(
        before == null || said("name") ? name() : has.name(),
        said("models")
            ? texts("models", text -> !text.isBlank(), "model names, or [\"*\"]")
            : has.models(),
        said("rate") ? rate() : has.rate(),
        said("budget") ? budget() : has.budget(),
        said("expiresAt") ? expiresAt() : has.expiresAt(),
        said("referers")
            ? texts("referers", Referers::isEntry, "hosts such as example.com or *.example.com")
            : has.referers());
  }

  private boolean said(String name) {
    return members.containsKey(name);
  }

  private String name() {
    if (members.get("name") instanceof String name
        && !name.isBlank()
        && name.length() <= MAX_TEXT
        && name.codePoints().noneMatch(Character::isISOControl)) {
      return name.strip();
    }
    throw wrong("name", "must be a text of 1 to %d characters".formatted(MAX_TEXT));
  }

  /** Null if there is no such limit; an empty list would let nothing through. */
  private @Nullable List<String> texts(String field, Predicate<String> isOne, String expectation) {
    var value = members.get(field);
    if (value == null) {
      return null;
    }
    var fault = "must be a list of " + expectation + ", or null";
    if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > MAX_ENTRIES) {
      throw wrong(field, fault);
    }
    var texts = new ArrayList<String>();
    for (var entry : list) {
      if (!(entry instanceof String text) || text.length() > MAX_TEXT || !isOne.test(text)) {
        throw wrong(field, fault);
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  private @Nullable Rate rate() {
    try {
      return switch (members.get("rate")) {
        case null -> null;
        case String text -> Rate.parse(text);
        default -> throw new IllegalArgumentException("no text");
      };
    } catch (IllegalArgumentException e) {
      throw wrong("rate", "must be a rate such as 5/s, 30/m or 100/h, or null");
    }
  }

  private @Nullable Budget budget() {
    var value = members.get("budget");
    if (value == null) {
      return null;
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(
          "budget", "must be an object such as {\"amount\": 5.00, \"per\": \"month\"}, or null");
    }
    for (var name : map.keySet()) {
      if (!BUDGET.contains(String.valueOf(name))) {
        throw wrong("budget." + name, "is not known");
      }
    }
    var per =
        Optional.ofNullable(map.get("per"))
            .filter(String.class::isInstance)
            .flatMap(text -> Period.parse((String) text))
            .orElseThrow(() -> wrong("budget.per", "must be day, week, month or total"));
    var amount = map.get("amount");
    var pictures = map.get("pictures");
    if ((amount == null) == (pictures == null)) {
      throw wrong("budget", "must have either 'amount' or 'pictures'");
    }
    return amount == null
        ? new Budget.Pictures(number("budget.pictures", pictures, 0).longValueExact(), per)
        : new Budget.Amount(number("budget.amount", amount, 12), per);
  }

  /**
   * @param scale so many digits may follow the point
   */
  private static BigDecimal number(String field, @Nullable Object value, int scale) {
    if (value instanceof Number number) {
      try {
        var exact = new BigDecimal(number.toString());
        if (exact.signum() >= 0 && exact.compareTo(MAX_AMOUNT) <= 0) {
          if (exact.stripTrailingZeros().scale() <= scale) {
            return exact;
          }
          if (scale > 0) {
            throw wrong(field, "must have at most %d digits after the point".formatted(scale));
          }
        }
      } catch (NumberFormatException e) {
        throw wrong(field, "must be a number from 0 up");
      }
    }
    throw wrong(field, "must be a %s from 0 up".formatted(scale == 0 ? "whole number" : "number"));
  }

  private @Nullable Instant expiresAt() {
    try {
      return switch (members.get("expiresAt")) {
        case null -> null;
        case String text -> OffsetDateTime.parse(text).toInstant();
        default -> throw new DateTimeException("no text");
      };
    } catch (DateTimeException e) {
      throw wrong("expiresAt", "must be a time such as 2026-12-31T00:00:00Z, or null");
    }
  }

  /** Whether anything is said but that the key is to be another one. */
  boolean changesTerms() {
    return members.keySet().stream().anyMatch(TERMS::contains);
  }

  boolean rotates() {
    if (!members.containsKey(KEY)) {
      return false;
    }
    if (!"rotate".equals(members.get(KEY))) {
      throw wrong(KEY, "can only be \"rotate\"");
    }
    return true;
  }

  /** For which the key before is still good. */
  Duration grace() {
    var value = members.get(GRACE);
    if (value == null) {
      return Duration.ZERO;
    }
    var seconds = number(GRACE, value, 0).longValueExact();
    if (seconds > LONGEST_GRACE) {
      throw wrong(GRACE, "must be at most " + LONGEST_GRACE);
    }
    return Duration.ofSeconds(seconds);
  }
}
