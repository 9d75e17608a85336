package dev.nectar.prompt;

import dev.nectar.http.ApiBase;
import dev.nectar.settings.CrossChecked;
import dev.nectar.settings.Setting;
import dev.nectar.settings.SettingFault;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

/**
 * What an LLM does to prompts.
 *
 * @param url an OpenAI-compatible chat API
 * @param timeout of one call
 * @param maxRewrites of one blocked prompt
 */
public record PromptSettings(
    @Setting(value = "LLM_OPTIMIZATION_ENABLED", fallback = "false") boolean optimizing,
    @Setting("LLM_OPTIMIZATION_API_URL") @Nullable String url,
    @Setting(value = "LLM_OPTIMIZATION_TOKEN", secret = true) @Nullable String token,
    @Setting(value = "LLM_OPTIMIZATION_MODEL", fallback = "gpt-4.1-mini") String model,
    @Setting("LLM_OPTIMIZATION_TEMPLATE_FILE") @Nullable Path optimizerTemplateFile,
    @Setting("LLM_OPTIMIZATION_TEMPLATE") @Nullable String optimizerTemplate,
    @Setting(value = "LLM_TIMEOUT", fallback = "30s") @DurationMin(millis = 1) Duration timeout,
    @Setting(value = "DE_NSFW_ENABLED", fallback = "false") boolean rewriting,
    @Setting("DE_NSFW_TEMPLATE_FILE") @Nullable Path safetyTemplateFile,
    @Setting("DE_NSFW_TEMPLATE") @Nullable String safetyTemplate,
    @Setting(value = "DE_NSFW_MAX_ATTEMPTS", fallback = "2") @Min(1) int maxRewrites)
    implements CrossChecked {

  @Override
  public Stream<SettingFault> faults() {
    return Stream.of(
            missingUrl(),
            malformedUrl(),
            PromptTemplate.faults(
                "LLM_OPTIMIZATION_TEMPLATE", optimizerTemplateFile, optimizerTemplate),
            PromptTemplate.faults("DE_NSFW_TEMPLATE", safetyTemplateFile, safetyTemplate))
        .flatMap(faults -> faults);
  }

  private Stream<SettingFault> missingUrl() {
    return (optimizing || rewriting) && url == null
        ? Stream.of(
            new SettingFault(
                "LLM_OPTIMIZATION_API_URL",
                "It is required while LLM_OPTIMIZATION_ENABLED or DE_NSFW_ENABLED is true, and not set.",
                "Set it to the URL of an OpenAI-compatible chat API."))
        : Stream.empty();
  }

  private Stream<SettingFault> malformedUrl() {
    return url == null || ApiBase.isValid(url)
        ? Stream.empty()
        : Stream.of(
            new SettingFault(
                "LLM_OPTIMIZATION_API_URL",
                "Its value is not an http or https URL.",
                "Set it to the URL of an OpenAI-compatible chat API."));
  }
}
