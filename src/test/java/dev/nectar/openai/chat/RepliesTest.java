package dev.nectar.openai.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.Provenance;
import dev.nectar.generation.GenerationResult;
import dev.nectar.generation.ImageAnswer;
import dev.nectar.image.ImageFacts;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSource;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.web.ImageAnswers;
import dev.nectar.web.access.LinkBase;
import dev.nectar.web.access.SignedLinks;
import dev.nectar.web.access.UrlSignatures;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pictures that live elsewhere than in the cache's files. */
class RepliesTest {

  private static final ImageRequest IMAGE = new ImageRequest("an apple", null, null, 1, false);
  private static final byte[] PNG = SampleImages.png(3_000, 1);

  private final Replies replies =
      new Replies(
          new SignedLinks(
              new UrlSignatures(List.of("a-signing-key-of-24-chars")), new LinkBase(null)));

  private JsonNode message(GenerationResult result) throws Exception {
    var answer = new ImageAnswer(result, ImageAnswer.CacheUse.HIT, () -> {});
    var answers = new ImageAnswers(List.of(new ImageAnswers.Each(answer, null)));
    var out = new ByteArrayOutputStream();
    new Completion("an id", 1, "a model")
        .write(replies.of(List.of(IMAGE), answers, new MockHttpServletRequest()), out);
    return JsonMapper.shared().readTree(out.toString(UTF_8)).at("/choices/0/message");
  }

  private static Provenance provenance() {
    return new Provenance(IMAGE, "an apple", null, null, ImageSource.BACKEND, null, Instant.EPOCH);
  }

  @Test
  void picture_atAHost_isLinkedThere() throws Exception {
    var url = URI.create("https://host.example/a(1).png");
    var facts = new ImageFacts(ImageFormat.PNG, PNG.length, "ab".repeat(32), null);
    var message =
        message(new GenerationResult.Hosted(new CacheEntry.Hosted(provenance(), facts, url)));

    assertThat(message.at("/images/0/image_url/url").asString())
        .isEqualTo("https://host.example/a(1).png");
    assertThat(message.get("content").asString())
        .isEqualTo("![an apple](https://host.example/a%281%29.png)");
  }

  @Test
  void picture_thatNoLinkWouldFind_goesAlong(@TempDir Path directory) throws Exception {
    try (var staged = SampleImages.stage(new StagingArea(directory, 1 << 20), PNG)) {
      var message = message(new GenerationResult.Made(staged, provenance(), false));

      var url = "data:image/png;base64," + Base64.getEncoder().encodeToString(PNG);
      assertThat(message.at("/images/0/image_url/url").asString()).isEqualTo(url);
      assertThat(message.get("content").asString()).isEqualTo("![an apple](" + url + ")");
    }
  }
}
