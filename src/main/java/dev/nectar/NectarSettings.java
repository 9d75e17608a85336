package dev.nectar;

import dev.nectar.account.AccountSettings;
import dev.nectar.admin.AdminSettings;
import dev.nectar.backend.BackendSettings;
import dev.nectar.backend.PollinationsSettings;
import dev.nectar.cache.CacheSettings;
import dev.nectar.generation.GenerationSettings;
import dev.nectar.hosting.HostingSettings;
import dev.nectar.observe.TraceSettings;
import dev.nectar.openai.OpenAiSettings;
import dev.nectar.prompt.PromptSettings;
import dev.nectar.settings.SettingsInitializer;
import dev.nectar.settings.logging.LogSettings;
import dev.nectar.web.WebSettings;
import dev.nectar.web.access.AccessSettings;
import dev.nectar.web.access.SignatureSettings;
import java.util.List;

/** All settings of the server, each record beside its feature. */
final class NectarSettings extends SettingsInitializer {

  NectarSettings() {
    super(
        List.of(
            WebSettings.class,
            LogSettings.class,
            AccessSettings.class,
            SignatureSettings.class,
            AdminSettings.class,
            CacheSettings.class,
            BackendSettings.class,
            PollinationsSettings.class,
            GenerationSettings.class,
            PromptSettings.class,
            HostingSettings.class,
            OpenAiSettings.class,
            AccountSettings.class,
            TraceSettings.class));
  }
}
