package dev.nectar.openai;

import dev.nectar.settings.CrossChecked;
import dev.nectar.settings.Setting;
import dev.nectar.settings.SettingFault;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How OpenAI's API is served.
 *
 * @param seed for requests that name none: a number, or {@code random}
 */
public record OpenAiSettings(@Setting(value = "OPENAI_SEED", fallback = "random") String seed)
    implements CrossChecked {

  private static final String RANDOM = "random";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

  @Override
  public Stream<SettingFault> faults() {
    return seed.equalsIgnoreCase(RANDOM)
            || (NUMBER.matcher(seed).matches() && Long.parseLong(seed) <= Integer.MAX_VALUE)
        ? Stream.empty()
        : Stream.of(
            new SettingFault(
                "OPENAI_SEED",
                "It is neither random nor a seed.",
                "Set it to random, or to a number from 0 to 2147483647."));
  }

  /** Empty if each picture gets another one. */
  OptionalInt fixedSeed() {
    return seed.equalsIgnoreCase(RANDOM)
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(seed));
  }
}
