package dev.nectar.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.cache.CacheEntry.Note;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes as the text that a key-value store holds: the JSON that also stands beside images. */
public record NoteCodec(Expiry expiry) {

  private static final Logger log = LoggerFactory.getLogger(NoteCodec.class);

  public String encode(Note note) {
    return new String(EntryJson.write(note), UTF_8);
  }

  /**
   * What is left of the note by now; empty too if this is none.
   *
   * @param redating given a note that would end too late, with its dates mended
   */
  public Optional<CacheEntry> decode(CacheKey key, String text, Consumer<Note> redating) {
    var note = read(key, text);
    var dated = note.map(expiry::dated);
    dated
        .filter(mended -> expiry.end(mended).isPresent() && !note.equals(dated))
        .ifPresent(redating);
    return dated.flatMap(expiry::unexpired);
  }

  private static Optional<Note> read(CacheKey key, String text) {
    // one that does not tell its age is too old
    var note = EntryJson.read(text.getBytes(UTF_8)).flatMap(meta -> meta.note(Instant.EPOCH));
    if (note.isEmpty()) {
      log.warn("The cache entry {} can't be understood", key);
    }
    return note;
  }
}
