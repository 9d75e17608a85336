package dev.nectar.generation;

/** Whether whoever asked is still there for the answer. */
@FunctionalInterface
public interface Presence {

  /** Of someone of whom that can't be told. */
  Presence ASSUMED = () -> true;

  /** Safe for use by many threads; costs a system call at most. */
  boolean isHere();
}
