package dev.nectar.http;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Makes something of a fetched file. Its bytes are not to be read after that. */
@FunctionalInterface
public interface FileReader<T> {

  /**
   * Reads it.
   *
   * @param mediaType as its server claims, in lower case, without parameters; null if it does not
   */
  T read(InputStream bytes, @Nullable String mediaType) throws IOException;
}
