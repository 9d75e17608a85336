package dev.nectar.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class DemoProfileTest {

  private static final String DEMO = "--spring.profiles.active=demo";

  @Test
  void profile_off_startsNothing() {
    var before = dispatchers();
    try (var context = application(Nothing.class).run()) {
      assertThat(before).containsAll(dispatchers());
      assertThat(context.getEnvironment().getProperty("BACKEND_API_URLS")).isNull();
      assertThat(context.getEnvironment().getPropertySources())
          .noneMatch(source -> source.getName().startsWith("demo"));
    }
  }

  @Test
  void profile_on_servesWhatTheSettingsPointAt() {
    try (var context = application(Nothing.class).run(DEMO);
        var client = new DemoClient(HttpClient.newHttpClient(), base(context))) {
      assertThat(client.getJson("/v1/models").status()).isEqualTo(200);
      assertThat(client.get(URI.create(setting(context, "POLLINATIONS_URL") + "/x")).statusCode())
          .isEqualTo(503);
      var llm = setting(context, "LLM_OPTIMIZATION_API_URL");
      assertThat(setting(context, "BACKEND_API_URLS").split(","))
          .containsExactly(
              llm,
              llm + "/chat/completions",
              client.base() + "/v1beta/models/demo-painter:generateContent",
              client.base() + "/sdapi/v1/txt2img");
      assertThat(setting(context, "PROXY_ACCESS_KEY")).isEqualTo("demo");
      assertThat(setting(context, "ADMIN_TOKEN")).isEqualTo("demo-admin");
      assertThat(setting(context, "CACHE_DIR")).isEqualTo("./demo_image_cache");
    }
  }

  @Test
  void profile_on_winsOverRealAccountsButNotOverHarmlessSettings() {
    try (var context =
        application(Nothing.class)
            .run(
                DEMO,
                "--BACKEND_API_URLS=https://paid.example",
                "--AUTH_TOKEN=real",
                "--TOKEN_MAP={}",
                "--IMAGE_HOSTING_ENABLED=true",
                "--ADMIN_TOKEN=own",
                "--CACHE_DIR=./own")) {
      assertThat(setting(context, "BACKEND_API_URLS")).startsWith("http://127.0.0.1:");
      assertThat(setting(context, "AUTH_TOKEN")).isEmpty();
      assertThat(setting(context, "TOKEN_MAP")).isEmpty();
      assertThat(setting(context, "IMAGE_HOSTING_ENABLED")).isEqualTo("false");
      assertThat(setting(context, "ADMIN_TOKEN")).isEqualTo("own");
      assertThat(setting(context, "CACHE_DIR")).isEqualTo("./own");
    }
  }

  @Test
  void server_outlivesEveryBean_andEndsWithTheContext() {
    var context = application(AsksWhileClosing.class).run(DEMO);
    var asks = context.getBean(AsksWhileClosing.Last.class);
    var base = base(context);

    context.close();

    assertThat(asks.reached).isTrue();
    assertThat(reachable(base)).isFalse();
  }

  @Test
  void start_thatFailsInABean_endsTheServer() {
    var base = new AtomicReference<String>("");
    var application = application(Failing.class);
    application.addInitializers(context -> base.set(base(context)));

    assertThatThrownBy(() -> application.run(DEMO)).hasRootCauseMessage("on purpose");

    assertThat(reachable(base.get())).isFalse();
  }

  @Test
  void start_thatFailsBeforeAnyBean_endsTheServer() {
    var base = new AtomicReference<String>("");
    var application = application(Nothing.class);
    ApplicationContextInitializer<ConfigurableApplicationContext> failing =
        context -> {
          base.set(base(context));
          throw new IllegalStateException("on purpose");
        };
    application.addInitializers(failing);

    assertThatThrownBy(() -> application.run(DEMO)).hasMessage("on purpose");

    assertThat(reachable(base.get())).isFalse();
  }

  private static SpringApplication application(Class<?> configuration) {
    var application = new SpringApplication(configuration);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setRegisterShutdownHook(false);
    // The project's own initializers ask for settings that are not what is tested here.
    application.setInitializers(List.of());
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    return application;
  }

  private static Set<Thread> dispatchers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("HTTP-Dispatcher"))
        .collect(Collectors.toSet());
  }

  private static String setting(ConfigurableApplicationContext context, String name) {
    return context.getEnvironment().getRequiredProperty(name);
  }

  private static String base(ConfigurableApplicationContext context) {
    return setting(context, "LLM_OPTIMIZATION_API_URL").replaceFirst("/v1$", "");
  }

  private static boolean reachable(String base) {
    try (var _ = new Socket(InetAddress.ofLiteral("127.0.0.1"), URI.create(base).getPort())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Nothing {}

  @Configuration(proxyBeanMethods = false)
  static class Failing {

    @Bean
    String broken() {
      throw new IllegalStateException("on purpose");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class AsksWhileClosing {

    @Bean
    Last last(ConfigurableApplicationContext context) {
      return new Last(base(context));
    }

    static final class Last implements AutoCloseable {

      private final String base;
      private boolean reached;

      Last(String base) {
        this.base = base;
      }

      @Override
      public void close() {
        reached = reachable(base);
      }
    }
  }
}
