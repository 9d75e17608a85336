package dev.nectar.admin;

import dev.nectar.settings.Setting;
import org.jspecify.annotations.Nullable;

/**
 * Who may administer.
 *
 * @param token null: nobody
 */
public record AdminSettings(
    @Setting(value = "ADMIN_TOKEN", secret = true) @Nullable String token) {}
