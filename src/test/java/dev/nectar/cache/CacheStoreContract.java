package dev.nectar.cache;

import static dev.nectar.cache.Samples.hosted;
import static dev.nectar.cache.Samples.key;
import static dev.nectar.cache.Samples.provenance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.cache.CacheEntry.Blocked;
import dev.nectar.cache.CacheEntry.FallbackFailed;
import dev.nectar.cache.CacheEntry.Hosted;
import dev.nectar.cache.CacheEntry.Note;
import dev.nectar.image.ImageExtras;
import dev.nectar.image.ImageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises. */
public abstract class CacheStoreContract extends ExpiryContract {

  @Test
  void find_ofAnUnknownKey_misses() {
    assertThat(store().find(key("unknown"))).isEmpty();
  }

  @Test
  void note_kept_isFoundAsItWas() throws Exception {
    var notes =
        List.<Note>of(
            hosted("hosted", "a.png?x=1&y=%20"),
            new Blocked(provenance("blocked", clock.instant())),
            new FallbackFailed(provenance("failed", clock.instant()), null),
            new FallbackFailed(provenance("refused", clock.instant()), clock.instant(), true),
            new Blocked(Samples.bareProvenance(clock.instant())));
    for (var note : notes) {
      store().keep(key("note"), note);
      assertThat(store().find(key("note"))).contains(note);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ein großer Apfel, 一个红苹果, تفاحة, 🍎👩‍👩‍👧",
        "\"quoted\" \\ {} \r\n\t \u0000\u001b[31m",
        "\u2028 \ufeff '; DROP TABLE entries; --"
      })
  void prompt_ofAnyCharacters_survives(String prompt) throws Exception {
    var request = new ImageRequest(prompt, null, null, 3, true);
    var bare = Samples.bareProvenance(clock.instant());
    var note =
        new Blocked(
            new Provenance(request, prompt, prompt, null, bare.source(), prompt, bare.createdAt()));

    store().keep(CacheKey.of(request), note);

    assertThat(store().find(CacheKey.of(request))).contains(note);
  }

  @Test
  void extras_ofTheRequest_survive() throws Exception {
    var extras = ImageExtras.ofTexts(Map.of("quality", "high", "negative_prompt", "no 🍐 | %"));
    var request = new ImageRequest("an apple", null, null, 3, false, extras);
    var bare = Samples.bareProvenance(clock.instant());
    var note =
        new Blocked(
            new Provenance(request, null, null, null, bare.source(), null, bare.createdAt()));

    store().keep(CacheKey.of(request), note);

    assertThat(store().find(CacheKey.of(request))).contains(note);
  }

  @Test
  void note_keptAgain_replacesTheOldOne() throws Exception {
    store().keep(key("apple"), new Blocked(provenance("apple", clock.instant())));
    store().keep(key("apple"), hosted("apple", "2"));

    assertThat(store().find(key("apple"))).contains(hosted("apple", "2"));
  }

  @Test
  void delete_forgetsThatKeyOnly() throws Exception {
    store().keep(key("apple"), hosted("apple", "1"));
    store().keep(key("pear"), hosted("pear", "2"));

    assertThat(store().delete(key("apple"))).isTrue();

    assertThat(store().find(key("apple"))).isEmpty();
    assertThat(store().find(key("pear"))).isPresent();
    assertThat(store().delete(key("apple"))).isFalse();
  }

  @Test
  void key_deleted_canBeKeptAgain() throws Exception {
    store().keep(key("apple"), hosted("apple", "1"));
    store().delete(key("apple"));
    store().keep(key("apple"), hosted("apple", "2"));

    assertThat(store().find(key("apple"))).contains(hosted("apple", "2"));
  }

  /** Keeps images, the first one as the oldest; the store that is to list them. */
  protected CacheStore keepImages(List<String> prompts) throws Exception {
    for (var prompt : prompts) {
      clock.advance(Duration.ofSeconds(1));
      store().keep(key(prompt), hosted(prompt, "a.png", clock.instant()));
    }
    return store();
  }

  @Test
  void list_goesFromTheNewestToTheOldestPageByPage() throws Exception {
    var store = keepImages(List.of("a", "b", "c", "d", "e"));

    var first = store.list(new EntryQuery(null, "", 2));
    assertThat(prompts(first)).containsExactly("e", "d");
    var second = store.list(new EntryQuery(first.next(), "", 2));
    assertThat(prompts(second)).containsExactly("c", "b");
    var third = store.list(new EntryQuery(second.next(), "", 2));
    assertThat(prompts(third)).containsExactly("a");
    assertThat(third.next()).isNull();
  }

  @Test
  void list_ofWhatWasDeletedOrReplaced_showsWhatIsThere() throws Exception {
    var store = keepImages(List.of("a", "b", "c", "a"));
    store.delete(key("b"));
    store.keep(key("failure"), new Blocked(provenance("failure", clock.instant())));

    assertThat(prompts(store.list(new EntryQuery(null, "", 9)))).containsExactly("a", "c");
  }

  @Test
  void list_searched_showsPromptsWithTheTextInAnyCase() throws Exception {
    var store = keepImages(List.of("a RED apple", "Über alles", "a green pear", "reddish"));

    assertThat(prompts(store.list(new EntryQuery(null, "Red", 9))))
        .containsExactly("reddish", "a RED apple");
    assertThat(prompts(store.list(new EntryQuery(null, "ÜBER", 9)))).containsExactly("Über alles");
    assertThat(prompts(store.list(new EntryQuery(null, "%", 9)))).isEmpty();
  }

  private static List<String> prompts(EntryPage page) {
    return page.entries().stream()
        .map(listed -> Objects.requireNonNull(listed.entry().provenance().request()).prompt())
        .toList();
  }

  @Test
  void status_namesItsMode() throws Exception {
    store().keep(key("apple"), hosted("apple", "1"));

    assertThat(store().status().mode()).isIn("filesystem", "sqlite", "redis");
    assertThat(store().status().entries()).isIn(1L, null);
  }

  @Test
  void notes_ofOneKeyKeptConcurrently_areNeverMixed() throws Exception {
    concurrently(
        number -> {
          var prompt = "apple " + number;
          store().keep(key("one"), hosted(prompt, Integer.toString(number)));
        },
        () ->
            store()
                .find(key("one"))
                .ifPresent(entry -> {
                  var url = ((Hosted) entry).url().getPath().substring(1);
                  assertThat(entry.provenance()).isEqualTo(provenance("apple " + url, Samples.NOW));
                }));
  }

  interface Keeping {
    void keep(int number) throws Exception;
  }

  /** Lets four threads keep and four threads find. */
  static void concurrently(Keeping keeping, Runnable finding) throws Exception {
    var writers =
        IntStream.range(0, 4)
            .mapToObj(writer ->
                (Callable<Boolean>)
                    () -> {
                      for (var i = 0; i < 25; i++) {
                        keeping.keep(writer * 25 + i);
                      }
                      return true;
                    });
    var readers =
        IntStream.range(0, 4)
            .mapToObj(reader ->
                (Callable<Boolean>)
                    () -> {
                      for (var i = 0; i < 200; i++) {
                        finding.run();
                      }
                      return true;
                    });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(Stream.concat(writers, readers).toList())) {
        assertThat(done.get()).isTrue();
      }
    }
  }
}
