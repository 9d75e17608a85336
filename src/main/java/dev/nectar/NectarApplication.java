package dev.nectar;

import dev.nectar.admin.AdminConfiguration;
import dev.nectar.automatic1111.Automatic1111Configuration;
import dev.nectar.backend.BackendConfiguration;
import dev.nectar.backend.protocol.ProtocolConfiguration;
import dev.nectar.generation.GenerationConfiguration;
import dev.nectar.hosting.HostingConfiguration;
import dev.nectar.observe.TraceConfiguration;
import dev.nectar.openai.OpenAiConfiguration;
import dev.nectar.openai.chat.ChatConfiguration;
import dev.nectar.prompt.PromptConfiguration;
import dev.nectar.status.StatusConfiguration;
import dev.nectar.ui.PageConfiguration;
import dev.nectar.variant.VariantConfiguration;
import dev.nectar.web.WebConfiguration;
import dev.nectar.web.access.AccessConfiguration;
import dev.nectar.web.connection.ConnectionConfiguration;
import dev.nectar.web.input.InputConfiguration;
import dev.nectar.web.progress.ProgressConfiguration;
import dev.nectar.web.prompt.PromptWebConfiguration;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Import;

@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration
@Import({
  AccessConfiguration.class,
  AccountConfiguration.class,
  AdminConfiguration.class,
  Automatic1111Configuration.class,
  BackendConfiguration.class,
  CacheConfiguration.class,
  ChatConfiguration.class,
  CommonConfiguration.class,
  ConnectionConfiguration.class,
  GenerationConfiguration.class,
  HostingConfiguration.class,
  InputConfiguration.class,
  OpenAiConfiguration.class,
  PageConfiguration.class,
  ProgressConfiguration.class,
  PromptConfiguration.class,
  PromptWebConfiguration.class,
  ProtocolConfiguration.class,
  StatusConfiguration.class,
  TraceConfiguration.class,
  VariantConfiguration.class,
  WebConfiguration.class
})
public class NectarApplication {

  public static void main(String[] args) {
    CommandLine.answer(args).ifPresentOrElse(IO::println, () -> start(args));
  }

  private static void start(String... args) {
    // By itself, the JVM writes what was put into it past the log.
    Thread.setDefaultUncaughtExceptionHandler((thread, fault) ->
        LoggerFactory.getLogger(NectarApplication.class)
            .error("The thread {} broke off.", thread.getName(), fault));
    SpringApplication.run(NectarApplication.class, args);
  }
}
