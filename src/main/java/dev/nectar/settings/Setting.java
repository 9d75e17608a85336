package dev.nectar.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Binds a component of a settings record to an environment variable. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {

  /** The variable's name. */
  String value();

  /** As it would be written in the environment; empty: none. */
  String fallback() default "";

  /** What the value must be, to stand after "Set it to"; empty: what its type tells. */
  String expectation() default "";

  boolean required() default false;

  /** The least that it may be; of a duration, in milliseconds. */
  long min() default Long.MIN_VALUE;

  /** The most that a number may be. */
  long max() default Long.MAX_VALUE;

  /** Whether every client must be able to send it, and all of them spell it alike. */
  boolean sendable() default false;

  /** Whether the value may never be shown. */
  boolean secret() default false;
}
