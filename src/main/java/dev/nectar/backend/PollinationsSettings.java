package dev.nectar.backend;

import dev.nectar.settings.Setting;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The final fallback.
 *
 * @param url null: the public one that fits the token
 */
public record PollinationsSettings(
    @Setting(value = "POLLINATIONS_ENABLED", fallback = "true") boolean enabled,
    @Setting(value = "POLLINATIONS_TOKEN", secret = true) @Nullable String token,
    @Setting("POLLINATIONS_URL") @Nullable URI url,
    @Setting(value = "POLLINATIONS_MODEL", fallback = "flux") String model) {}
