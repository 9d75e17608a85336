package dev.nectar.web.access;

import dev.nectar.settings.CrossChecked;
import dev.nectar.settings.Rate;
import dev.nectar.settings.Setting;
import dev.nectar.settings.SettingFault;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the holders of the key may cost.
 *
 * @param rateLimit of the generations that each client may begin; null: no limit
 * @param trustedProxies addresses and networks whose {@code X-Forwarded-For} is believed
 * @param allowedReferers hosts whose pages may embed images; empty: all
 */
public record AccessSettings(
    @Setting("RATE_LIMIT") @Nullable Rate rateLimit,
    @Setting("TRUSTED_PROXIES") List<String> trustedProxies,
    @Setting("ALLOWED_REFERERS") List<String> allowedReferers)
    implements CrossChecked {

  @Override
  public Stream<SettingFault> faults() {
    return Stream.concat(
        fault(
            this::clientAddress,
            new SettingFault(
                "TRUSTED_PROXIES",
                "An entry is neither an address nor a network.",
                "Set it to entries such as 10.0.0.5 or 2001:db8::/32, separated by commas.")),
        fault(
            this::referers,
            new SettingFault(
                "ALLOWED_REFERERS",
                "An entry is no host.",
                "Set it to hosts such as example.com or *.example.com, separated by commas.")));
  }

  private static Stream<SettingFault> fault(Runnable reading, SettingFault fault) {
    try {
      reading.run();
      return Stream.empty();
    } catch (IllegalArgumentException e) {
      return Stream.of(fault);
    }
  }

  ClientAddress clientAddress() {
    return new ClientAddress(trustedProxies);
  }

  Referers referers() {
    return new Referers(allowedReferers);
  }
}
