package dev.nectar.storage;

import java.io.IOException;

/** A file that will never do as it is. */
public final class UnfitFileException extends IOException {

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

  public String remedy() {
    return remedy;
  }
}
