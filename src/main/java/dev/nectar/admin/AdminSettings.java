package dev.nectar.admin;

import dev.nectar.settings.CrossChecked;
import dev.nectar.settings.Setting;
import dev.nectar.settings.SettingFault;
import jakarta.validation.constraints.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may administer.
 *
 * @param token null: nobody
 */
public record AdminSettings(
    @Setting(value = "ADMIN_TOKEN", secret = true)
        @Pattern(regexp = Setting.SENDABLE, message = Setting.SENDABLE_DEMAND)
        @Nullable String token)
    implements CrossChecked {

  private static final int SHORTEST_TOKEN = 12;

  @Override
  public Stream<SettingFault> faults() {
    return Stream.empty();
  }

  @Override
  public Stream<String> warnings() {
    return token != null && token.length() < SHORTEST_TOKEN
        ? Stream.of(
            "ADMIN_TOKEN is shorter than %d characters and can be guessed. Set a longer one."
                .formatted(SHORTEST_TOKEN))
        : Stream.empty();
  }
}
