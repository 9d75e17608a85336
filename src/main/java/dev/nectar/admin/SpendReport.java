package dev.nectar.admin;

import dev.nectar.account.SpendCounts;
import dev.nectar.account.SpendLine;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was spent, summed up by one of its sides.
 *
 * @param names of keys, by id
 */
record SpendReport(
    By by, Map<SpendLine, SpendCounts> spend, String currency, UnaryOperator<String> names) {

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  /**
   * What a spreadsheet may take for a formula: it begins like one, at the start of the text or
   * where some split it into cells, whatever blanks come before.
   */
  private static final Pattern FORMULA =
      Pattern.compile(
          "(?:^|[,;|\\t\\r\\n])[\\s\\p{Z}\\p{Cc}\\p{Cf}\"']*[=+\\-@|%\uff1d\uff0b\uff0d\uff20]");

  private static final Pattern SPECIAL = Pattern.compile("[\",;']");

  /** What rows are of. */
  enum By {
    DAY,
    KEY,
    BACKEND,
    MODEL,
    SOURCE;

    private String value(SpendLine line) {
      return switch (this) {
        case DAY -> line.day().toString();
        case KEY -> line.key();
        case BACKEND -> line.backend();
        case MODEL -> line.model();
        case SOURCE -> line.source();
      };
    }

    static Optional<By> parse(String text) {
      return Arrays.stream(values()).filter(by -> by.text().equals(text)).findFirst();
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a row counts attempts, and no requests. */
    private boolean isOfAttempts() {
      return this == BACKEND || this == MODEL;
    }
  }

  /** What a server answers; each row has its value under the name of what it is of. */
  record Answer(String currency, List<Map<String, @Nullable Object>> rows) {}

  Answer answer() {
    return new Answer(currency, rows());
  }

  private List<Map<String, @Nullable Object>> rows() {
    var sums = new TreeMap<String, SpendCounts>();
    spend.forEach((line, counts) -> {
      if (!by.isOfAttempts() || !line.backend().isEmpty()) {
        sums.merge(by.value(line), counts, SpendCounts::plus);
      }
    });
    return sums.entrySet().stream().map(sum -> row(sum.getKey(), sum.getValue())).toList();
  }

  private Map<String, @Nullable Object> row(String value, SpendCounts counts) {
    var row = new LinkedHashMap<String, @Nullable Object>();
    row.put(by.text(), value);
    row.put("pictures", counts.used().pictures());
    row.put("cost", counts.cost());
    row.put("unpriced", counts.used().unpriced());
    row.put("refused", by.isOfAttempts() ? counts.refusals() : counts.refused());
    row.put("failed", by.isOfAttempts() ? counts.failures() : counts.failed());
    row.put("saved", counts.saved());
    if (by == By.KEY) {
      row.put("name", names.apply(value));
    }
    return row;
  }

  /** As RFC 4180 has it; what is not known is empty. */
  String csv() {
    var csv = new StringBuilder();
    for (var row : rows()) {
      if (csv.isEmpty()) {
        csv.append(String.join(",", row.keySet())).append(",currency\r\n");
      }
      row.values().forEach(value -> csv.append(cell(value)).append(','));
      csv.append(cell(currency)).append("\r\n");
    }
    return csv.isEmpty() ? header() : csv.toString();
  }

  private String header() {
    return String.join(",", row("", SpendCounts.NONE).keySet()) + ",currency\r\n";
  }

  private static String cell(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case BigDecimal number -> number.toPlainString();
      case Number number -> number.toString();
      default -> {
        var raw = String.valueOf(value);
        var text = CONTROL.matcher(raw).replaceAll(" ");
        var safe = FORMULA.matcher(raw).find() ? "'" + text : text;
        yield SPECIAL.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
      }
    };
  }
}
