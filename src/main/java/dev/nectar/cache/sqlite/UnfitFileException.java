package dev.nectar.cache.sqlite;

import java.io.IOException;

/** A file that will never do as it is. */
final class UnfitFileException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String remedy;

  /**
   * @param fault a sentence
   * @param remedy what would be right, a sentence
   */
  UnfitFileException(String fault, String remedy) {
    super(fault);
    this.remedy = remedy;
  }

  String remedy() {
    return remedy;
  }
}
