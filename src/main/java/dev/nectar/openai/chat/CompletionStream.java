package dev.nectar.openai.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nectar.openai.OpenAiError;
import dev.nectar.web.EventStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/** A completion as server-sent events. */
final class CompletionStream {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Completion completion;
  private final EventStream stream;

  private CompletionStream(Completion completion, EventStream stream) {
    this.completion = completion;
    this.stream = stream;
  }

  /** Begins it, with so many choices. */
  static CompletionStream open(Completion completion, int choices, HttpServletResponse response)
      throws IOException {
    var stream = EventStream.open(response);
    for (var i = 0; i < choices; i++) {
      var choice = i;
      stream.send(out -> completion.writeRole(choice, out));
    }
    return new CompletionStream(completion, stream);
  }

  void heartbeat() throws IOException {
    stream.heartbeat();
  }

  /** Sends all that is left. */
  void end(List<Reply> replies, boolean withUsage) throws IOException {
    for (var i = 0; i < replies.size(); i++) {
      var choice = i;
      stream.send(out -> completion.writeReply(choice, replies.get(choice), out));
      stream.send(out -> completion.writeStop(choice, out));
    }
    if (withUsage) {
      stream.send(completion::writeUsage);
    }
    stream.send(out -> out.write("[DONE]".getBytes(US_ASCII)));
  }

  /** Ends it with an error: the status was told already. */
  void fail(ProblemDetail problem) throws IOException {
    var error = JSON.writeValueAsBytes(Map.of("error", OpenAiError.of(problem)));
    stream.send(out -> out.write(error));
  }
}
