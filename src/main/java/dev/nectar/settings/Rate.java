package dev.nectar.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** So many in every period. */
public record Rate(int amount, Duration period) {

  private static final Pattern TEXT = Pattern.compile("(?<amount>[1-9]\\d{0,6})/(?<unit>[smh])");

  /**
   * Reads {@code 5/s}, {@code 30/m} or {@code 100/h}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Rate parse(String text) {
    var parts = TEXT.matcher(text.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a rate");
    }
    var period =
        switch (parts.group("unit")) {
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    return new Rate(Integer.parseInt(parts.group("amount")), period);
  }

  /** As it was read. */
  public String text() {
    return amount + "/" + (period.toSeconds() == 1 ? "s" : period.toSeconds() == 60 ? "m" : "h");
  }
}
