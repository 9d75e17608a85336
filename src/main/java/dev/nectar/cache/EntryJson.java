package dev.nectar.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Entries as JSON that a person can read. */
public final class EntryJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();

  private EntryJson() {}

  /** By way of a string: a prompt with a lone surrogate is then mangled instead of refused. */
  public static byte[] write(CacheEntry entry) {
    return MAPPER.writeValueAsString(EntryMeta.of(entry)).getBytes(UTF_8);
  }

  /** Empty if this is not JSON, or values have other types than they should. */
  public static Optional<EntryMeta> read(byte[] json) {
    try {
      return Optional.ofNullable(MAPPER.readValue(json, EntryMeta.class));
    } catch (JacksonException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
