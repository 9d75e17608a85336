package dev.nectar.cache;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** A configuration for entries that live there, and for no others. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(ConditionalOnEntryPlace.Chosen.class)
@interface ConditionalOnEntryPlace {

  EntryPlace value();

  /** Asks the settings, which are there before any bean is made. */
  final class Chosen implements ConfigurationCondition {

    @Override
    public ConfigurationPhase getConfigurationPhase() {
      return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      var beans = context.getBeanFactory();
      var place =
          metadata
              .getAnnotations()
              .get(ConditionalOnEntryPlace.class)
              .getEnum("value", EntryPlace.class);
      return beans != null && beans.getBean(CacheSettings.class).place() == place;
    }
  }
}
