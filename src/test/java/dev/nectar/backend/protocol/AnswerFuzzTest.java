package dev.nectar.backend.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.ErrorJudge;
import dev.nectar.backend.Verdict;
import dev.nectar.image.StagingArea;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;

/** Any answer is an image, a link, or judged as neither; or it is no answer. */
class ImageReplyFuzzTest {

  private static final int MAX_BYTES = 1_000;

  /** No directory can be made there, so that images are held in memory. */
  private final StagingArea staging = new StagingArea(Path.of("/dev/null/images"), MAX_BYTES);

  @FuzzTest
  void answer(byte[] body) throws IOException {
    ImageReply reply;
    try {
      reply = ImageReply.read(new ByteArrayInputStream(body), staging);
    } catch (IOException e) {
      assertThat(HttpFaults.describe(e)).doesNotContain("{");
      return;
    }
    switch (reply) {
      case ImageReply.Inline(var image) -> {
        try (image;
            var bytes = image.open()) {
          assertThat(bytes.readAllBytes().length).isBetween(1, MAX_BYTES);
        }
      }
      case ImageReply.Link(var url) -> assertThat(url).isNotBlank();
      case ImageReply.Nothing nothing ->
          assertVerdict(ErrorJudge.judge(nothing.report(), nothing.refused(), nothing.emptyData()));
    }
  }

  private static void assertVerdict(Verdict verdict) {
    switch (verdict) {
      case Refused _ -> {}
      case Failed(var kind, _) -> assertThat(kind).isEqualTo("no image");
      default -> throw new AssertionError(verdict);
    }
  }
}
