package dev.nectar.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.http.ApiBase;
import dev.nectar.http.HttpCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.ClassPathResource;

@Configuration(proxyBeanMethods = false)
public class PromptConfiguration {

  private static final Logger log = LoggerFactory.getLogger(PromptConfiguration.class);

  @Bean
  PromptOptimizer promptOptimizer(PromptSettings settings, ObjectProvider<ChatClient> chat) {
    if (!settings.optimizing()) {
      return PromptOptimizer.NONE;
    }
    var template =
        template(
            settings.optimizerTemplateFile(),
            settings.optimizerTemplate(),
            "optimizer-template.txt");
    return new LlmOptimizer(new PromptWriter("Optimizing", template, chat.getObject()::ask));
  }

  @Bean
  SafetyRewriter safetyRewriter(PromptSettings settings, ObjectProvider<ChatClient> chat) {
    if (!settings.rewriting()) {
      return SafetyRewriter.NONE;
    }
    var template =
        template(settings.safetyTemplateFile(), settings.safetyTemplate(), "safety-template.txt");
    return new LlmRewriter(new PromptWriter("Rewriting", template, chat.getObject()::ask));
  }

  /** Made only if a stage asks for it: its URL is not required otherwise. */
  @Bean
  @Lazy
  ChatClient chatClient(PromptSettings settings, HttpCalls http, Ticker ticker) {
    if (settings.token() == null) {
      log.warn("LLM_OPTIMIZATION_TOKEN is not set: the LLM is asked without a token.");
    }
    return new ChatClient(
        http,
        ApiBase.parse(Objects.requireNonNull(settings.url())),
        settings.token(),
        settings.model(),
        settings.timeout(),
        ticker);
  }

  private static PromptTemplate template(
      @Nullable Path file, @Nullable String inline, String builtIn) {
    try {
      return PromptTemplate.of(
          file,
          inline,
          new ClassPathResource(builtIn, PromptConfiguration.class).getContentAsString(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
