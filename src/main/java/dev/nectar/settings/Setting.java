package dev.nectar.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Binds a component of a settings record to an environment variable. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {

  /** What every client can send, and all of them spell alike: visible ASCII. */
  String SENDABLE = "[!-~](?:[ -~]*[!-~])?";

  /** To stand after "It". */
  String SENDABLE_DEMAND = "must be of ASCII letters, digits and signs alone";

  /** The variable's name. */
  String value();

  /** As it would be written in the environment; empty: none. */
  String fallback() default "";

  /** What the value must be, to stand after "Set it to"; empty: what its type tells. */
  String expectation() default "";

  boolean required() default false;

  /** Whether the value may never be shown. */
  boolean secret() default false;
}
