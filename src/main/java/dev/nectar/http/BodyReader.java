package dev.nectar.http;

import java.io.IOException;
import java.io.InputStream;

/** Makes something of a body. The body is not to be read after that. */
@FunctionalInterface
public interface BodyReader<T> {

  T read(InputStream body) throws IOException;
}
