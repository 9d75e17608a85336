package dev.nectar.web.access;

import dev.nectar.settings.CrossChecked;
import dev.nectar.settings.Setting;
import dev.nectar.settings.SettingFault;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How images are linked to without the access key.
 *
 * @param keys the first one signs, all of them verify; empty: one is drawn and kept
 * @param publicUrl what links begin with; null: what the request was sent to
 */
public record SignatureSettings(
    @Setting(
            value = "URL_SIGNING_KEYS",
            expectation = "secrets of at least 16 characters, separated by commas, or to off",
            secret = true)
        List<String> keys,
    @Setting(
            value = "PUBLIC_URL",
            expectation =
                "the URL at which clients reach the server, such as https://images.example.com")
        @Nullable URI publicUrl)
    implements CrossChecked {

  private static final int MIN_KEY_LENGTH = 16;
  private static final String OFF = "off";

  /** Whether there are no links without the key. */
  boolean areOff() {
    return keys.size() == 1 && OFF.equalsIgnoreCase(keys.getFirst());
  }

  @Override
  public Stream<SettingFault> faults() {
    return Stream.concat(shortKeys(), furnishedUrl());
  }

  private Stream<SettingFault> shortKeys() {
    return areOff()
        ? Stream.empty()
        : keys.stream()
            .filter(key -> key.length() < MIN_KEY_LENGTH)
            .map(key ->
                new SettingFault(
                    "URL_SIGNING_KEYS",
                    "Key %d is shorter than %d characters."
                        .formatted(keys.indexOf(key) + 1, MIN_KEY_LENGTH),
                    "Set it to long random secrets, separated by commas, or to off."));
  }

  private Stream<SettingFault> furnishedUrl() {
    return publicUrl == null
            || (publicUrl.getRawQuery() == null && publicUrl.getRawUserInfo() == null)
        ? Stream.empty()
        : Stream.of(
            new SettingFault(
                "PUBLIC_URL",
                "It has a query or a user.",
                "Set it to scheme, host and, if need be, port and path."));
  }
}
