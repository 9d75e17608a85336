package dev.nectar.settings;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Binds all settings records before any bean is made and offers each as a bean.
 *
 * <p>A subclass names the records; a wrong setting in any of them stops the start.
 */
public abstract class SettingsInitializer
    implements ApplicationContextInitializer<GenericApplicationContext> {

  /** The property that names, comma-separated, values that anybody is told: no secrets here. */
  public static final String PUBLISHED = "nectar.published";

  private static final String[] NONE = {};
  private static final Logger log = LoggerFactory.getLogger(SettingsInitializer.class);

  private final List<Class<? extends Record>> types;

  protected SettingsInitializer(List<Class<? extends Record>> types) {
    this.types = types;
  }

  @Override
  public void initialize(GenericApplicationContext context) {
    var environment = context.getEnvironment();
    var binder = new SettingsBinder(name -> raw(environment, name));
    if (environment.getPropertySources().get(DotEnvPropertySource.NAME)
        instanceof DotEnvPropertySource dotEnv) {
      binder.faults().addAll(dotEnv.faults());
      names()
          .unknown(List.of(dotEnv.getPropertyNames()))
          .map("In .env, "::concat)
          .forEach(binder.warnings()::add);
    }
    names()
        .misspelled(environment.getSystemEnvironment().keySet())
        .map("In the environment, "::concat)
        .forEach(binder.warnings()::add);
    types.forEach(
        type -> context.getBeanFactory().registerSingleton(type.getName(), binder.bind(type)));
    // First of all: a name that is misspelled may be why another one is missing.
    binder.warnings().forEach(log::warn);
    if (!binder.faults().isEmpty()) {
      throw new InvalidSettingsException(binder.faults());
    }
    LogRedaction.hide(
        binder.secrets(), Set.of(environment.getProperty(PUBLISHED, String[].class, NONE)));
  }

  /** All that there are, in their order; a name may stand in several of them. */
  public Stream<Setting> settings() {
    return types.stream()
        .flatMap(type -> Arrays.stream(type.getRecordComponents()))
        .map(component -> component.getAnnotation(Setting.class));
  }

  private VariableNames names() {
    return new VariableNames(settings().map(Setting::value).collect(toUnmodifiableSet()));
  }

  /** As written: Spring's own look-up would expand a <code>${</code> in a token or a template. */
  private static @Nullable String raw(ConfigurableEnvironment environment, String name) {
    return environment.getPropertySources().stream()
        .filter(
            source -> !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source))
        .map(source -> source.getProperty(name))
        .filter(Objects::nonNull)
        .map(Object::toString)
        .findFirst()
        .orElse(null);
  }
}
