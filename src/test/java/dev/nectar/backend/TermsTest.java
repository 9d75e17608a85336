package dev.nectar.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.SettableClock;
import dev.nectar.backend.BackendReply.Evidence;
import dev.nectar.backend.Negotiation.LeftOut;
import dev.nectar.backend.Verdict.Unsupported;
import dev.nectar.image.ImageSize;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is asked of a back end, given what it has answered. */
class TermsTest {

  private static final OfferedSizes LISTED =
      new OfferedSizes(sizes("1024x1024", "1536x1024"), null, null, null, null, null);

  private final SettableClock clock = new SettableClock();
  private final Negotiation negotiation = new Negotiation(List.of(), clock, clock);

  @Test
  void parameter_unknown_isLeftOutForAllValuesOfTheModel() {
    var terms = terms("m", "quality", "hd");

    assertThat(terms.concede(unknown("quality"))).isTrue();
    assertThat(terms.parameters()).containsOnlyKeys("n", "model");
    assertThat(terms("m", "quality", "low").parameters()).containsOnlyKeys("n", "model");
    assertThat(terms("other", "quality", "hd").parameters()).containsEntry("quality", "hd");
  }

  @Test
  void value_refused_isLeftOutAlone() {
    var terms = terms("m", "quality", "hd");

    assertThat(terms.concede(value("quality"))).isTrue();
    assertThat(terms.parameters()).containsOnlyKeys("n", "model");
    assertThat(terms("m", "quality", "hd").parameters()).containsOnlyKeys("n", "model");
    assertThat(terms("m", "quality", "low").parameters()).containsEntry("quality", "low");
  }

  @Test
  void refusal_isForgottenAfterAnHour() {
    terms("m", "quality", "hd").concede(unknown("quality"));
    clock.advance(Duration.ofMinutes(60).minusMillis(1));
    assertThat(terms("m", "quality", "hd").parameters()).doesNotContainKey("quality");

    clock.advance(Duration.ofMillis(1));
    assertThat(terms("m", "quality", "hd").parameters()).containsEntry("quality", "hd");
    assertThat(negotiation.leftOut()).isEmpty();
  }

  @Test
  void model_isLeftOutOnlyIfThereIsNoSuchParameter() {
    assertThat(terms("m", "seed", 1).concede(value("model"))).isFalse();
    assertThat(terms("m", "seed", 1).parameters()).containsEntry("model", "m");

    assertThat(terms("m", "seed", 1).concede(unknown("model"))).isTrue();
    assertThat(terms("m", "seed", 1).parameters()).containsOnlyKeys("n", "seed");
    assertThat(terms("other", "seed", 1).parameters()).containsKey("model");
  }

  @Test
  void blame_ofWhatWasNotSent_leavesNothingToAsk() {
    assertThat(terms("m", "seed", 1).concede(unknown("prompt"))).isFalse();
    assertThat(terms("m", "seed", 1).concede(unknown("style"))).isFalse();
    assertThat(negotiation.leftOut()).isEmpty();
  }

  @Test
  void questions_areSixAtMost() {
    var wanted = new LinkedHashMap<String, Object>();
    IntStream.rangeClosed(1, 10).forEach(number -> wanted.put("p" + number, number));
    var terms = negotiation.terms(wanted);
    for (var question = 1; question < 6; question++) {
      assertThat(terms.concede(unknown("p" + question))).isTrue();
    }
    assertThat(terms.concede(unknown("p6"))).isFalse();

    // Learned all the same: the next request gets further.
    assertThat(negotiation.terms(wanted).parameters()).containsOnlyKeys("p7", "p8", "p9", "p10");
  }

  @Test
  void size_refusedWithAList_isTheNearestFromThenOn() {
    var terms = terms("m", "size", "1920x1080");

    assertThat(terms.concede(sizes(LISTED))).isTrue();
    assertThat(terms.parameters()).containsEntry("size", "1536x1024");
    assertThat(terms("m", "size", "512x512").parameters()).containsEntry("size", "1024x1024");
    assertThat(terms("m", "size", "1024x1024").parameters()).containsEntry("size", "1024x1024");
    assertThat(terms("other", "size", "512x512").parameters()).containsEntry("size", "512x512");
    assertThat(negotiation.leftOut()).isEmpty();

    clock.advance(Duration.ofHours(1));
    assertThat(terms("m", "size", "512x512").parameters()).containsEntry("size", "512x512");
  }

  @Test
  void size_refusedAlthoughListed_isLeftOut() {
    var terms = terms("m", "size", "512x512");
    terms.concede(sizes(LISTED));

    assertThat(terms.concede(sizes(LISTED))).isTrue();
    assertThat(terms.parameters()).doesNotContainKey("size");
  }

  @Test
  void size_refusedWithLimits_meetsThem() {
    var pixels = new OfferedSizes(List.of(), 3_686_400, null, null, null, null);
    var multiple = new OfferedSizes(List.of(), null, null, null, null, 48);
    var terms = terms("m", "size", "1000x1000");

    assertThat(terms.concede(sizes(pixels))).isTrue();
    assertThat(terms.parameters()).containsEntry("size", "1920x1920");
    assertThat(terms("m", "size", "2048x2048").parameters()).containsEntry("size", "2048x2048");
    assertThat(terms("m", "size", "2048x2048").concede(sizes(multiple))).isTrue();
    assertThat(terms("m", "size", "2048x2048").parameters()).containsEntry("size", "2064x2064");
  }

  @Test
  void size_refusedWithoutAWord_isLeftOutAlone() {
    var terms = terms("m", "size", "17x4096");

    assertThat(terms.concede(value("size"))).isTrue();
    assertThat(terms.parameters()).doesNotContainKey("size");
    assertThat(terms("m", "size", "17x4096").parameters()).doesNotContainKey("size");
    assertThat(terms("m", "size", "1024x1024").parameters()).containsEntry("size", "1024x1024");
  }

  @Test
  void sizes_thatTheOperatorLists_areAskedForFromTheStart() {
    var listed = new Negotiation(sizes("1024x1024", "1536x1024"), clock, clock);
    var wanted = Map.<String, Object>of("size", "640x480");

    assertThat(listed.terms(wanted).parameters()).containsEntry("size", "1536x1024");
    assertThat(listed.terms(Map.of()).parameters()).isEmpty();
    assertThat(listed.terms(wanted).concede(value("size"))).isTrue();
    assertThat(listed.terms(wanted).parameters()).isEmpty();
    assertThat(listed.terms(Map.of("size", "100x100")).parameters())
        .containsEntry("size", "1024x1024");
  }

  @Test
  void modalities_refused_areImagesAloneAndThenNone() {
    var wanted = Map.<String, Object>of("modalities", List.of("image", "text"));
    var terms = negotiation.terms(wanted);

    assertThat(terms.concede(unknown("modalities"))).isTrue();
    assertThat(terms.parameters()).containsEntry("modalities", List.of("image"));
    assertThat(negotiation.terms(wanted).parameters())
        .containsEntry("modalities", List.of("image"));
    assertThat(terms.concede(unknown("modalities"))).isTrue();
    assertThat(terms.parameters()).isEmpty();
    assertThat(negotiation.terms(wanted).parameters()).isEmpty();
  }

  @Test
  void image_wantedInline_isAskedForFromTheNextRequestOnWhileItIsTaken() {
    var terms = terms("m", "seed", 1);
    terms.wantInline();

    assertThat(terms.parameters()).doesNotContainKey("response_format");
    var next = terms("m", "seed", 1);
    assertThat(next.parameters()).containsEntry("response_format", "b64_json");
    assertThat(terms("other", "seed", 1).parameters()).doesNotContainKey("response_format");

    next.concede(unknown("response_format"));
    assertThat(terms("m", "seed", 1).parameters()).doesNotContainKey("response_format");
  }

  @Test
  void leftOut_tellsWhatWhereAndHowLong() {
    terms("m", "quality", "hd").concede(value("quality"));
    clock.advance(Duration.ofMinutes(1));
    negotiation.terms(Map.of("seed", 7)).concede(unknown("seed"));

    assertThat(negotiation.leftOut())
        .containsExactly(
            new LeftOut(null, "seed", null, Instant.parse("2026-05-01T13:01:00Z")),
            new LeftOut("m", "quality", "hd", Instant.parse("2026-05-01T13:00:00Z")));
  }

  @Test
  void clientsTexts_areNeitherKeptNorTold() {
    var text = "ugly hands and secret thoughts ".repeat(100);
    terms("m", "negative_prompt", text).concede(value("negative_prompt"));

    assertThat(terms("m", "negative_prompt", text).parameters())
        .doesNotContainKey("negative_prompt");
    assertThat(terms("m", "negative_prompt", text + "!").parameters())
        .containsKey("negative_prompt");
    assertThat(negotiation.leftOut())
        .singleElement()
        .extracting(LeftOut::value)
        .asString()
        .startsWith("3100 characters")
        .doesNotContain("ugly");
  }

  @Test
  void memory_isBounded() {
    for (var seed = 0; seed < 5_000; seed++) {
      terms("m" + seed, "seed", seed).concede(value("seed"));
    }

    assertThat(negotiation.leftOut()).hasSizeLessThanOrEqualTo(100);
    assertThat(negotiation.remembered()).isLessThanOrEqualTo(1_000);
  }

  private Terms terms(String model, String parameter, Object value) {
    var wanted = new LinkedHashMap<String, Object>();
    wanted.put("n", 1);
    wanted.put(parameter, value);
    wanted.put("model", model);
    return negotiation.terms(wanted);
  }

  private static Unsupported unknown(String parameter) {
    return new Unsupported(parameter, true, OfferedSizes.NONE, Evidence.NONE);
  }

  private static Unsupported value(String parameter) {
    return new Unsupported(parameter, false, OfferedSizes.NONE, Evidence.NONE);
  }

  private static Unsupported sizes(OfferedSizes sizes) {
    return new Unsupported("size", false, sizes, Evidence.NONE);
  }

  private static List<ImageSize> sizes(String... texts) {
    return Arrays.stream(texts).map(text -> ImageSize.parse(text).orElseThrow()).toList();
  }
}
