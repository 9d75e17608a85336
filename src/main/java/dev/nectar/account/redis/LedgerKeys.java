package dev.nectar.account.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.account.Period;
import dev.nectar.account.SpendLine;
import dev.nectar.account.Spender;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where what is. */
final class LedgerKeys {

  private static final String PREFIX = "nectar:{ledger}:";

  static final String KEYS = PREFIX + "keys";
  static final String REVISIONS = PREFIX + "revisions";
  static final String VERSION = PREFIX + "version";
  static final String NODES = PREFIX + "nodes";
  static final String LAST_USED = PREFIX + "last-used";

  private LedgerKeys() {}

  static String booking(String id) {
    return PREFIX + "booking:" + id;
  }

  static String spend(LocalDate day) {
    return PREFIX + "spend:" + day;
  }

  static String used(Spender spender, Period period, LocalDate day) {
    return PREFIX + "used:" + period.id(day) + ":" + spender.name();
  }

  static String held(String key) {
    return PREFIX + "held:" + key;
  }

  /** What the counts of a line begin with, in the hash of its day. */
  static String field(SpendLine line) {
    return Stream.of(line.key(), line.backend(), line.model(), line.source())
        .map(part -> URLEncoder.encode(part, UTF_8) + " ")
        .collect(Collectors.joining());
  }

  /** The line that a field belongs to. */
  static SpendLine line(LocalDate day, String field) {
    var parts =
        List.of(field.split(" ", -1)).stream().map(part -> URLDecoder.decode(part, UTF_8)).toList();
    return new SpendLine(day, parts.get(0), parts.get(1), parts.get(2), parts.get(3));
  }

  /** Which count of its line a field is. */
  static String count(String field) {
    return field.substring(field.lastIndexOf(' ') + 1);
  }
}
