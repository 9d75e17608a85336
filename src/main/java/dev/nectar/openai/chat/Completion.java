package dev.nectar.openai.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.openai.chat.Reply.Inline;
import dev.nectar.openai.chat.Reply.Link;
import dev.nectar.openai.chat.Reply.Place;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import org.springframework.util.StreamUtils;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code POST /v1/chat/completions} answers, whole or in chunks. Pictures flow through Base64
 * to the client.
 *
 * @param created in seconds since 1970
 */
record Completion(String id, long created, String model) {

  /** What breaks off must not look complete, and what is written to goes on. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(
              StreamWriteFeature.AUTO_CLOSE_CONTENT,
              StreamWriteFeature.AUTO_CLOSE_TARGET,
              StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();

  private static final String STOP = "stop";

  /** Writes members of an object. */
  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  /** All of it, one choice a reply. */
  void write(List<Reply> replies, OutputStream out) throws IOException {
    write(
        "chat.completion",
        out,
        json -> {
          json.writeArrayPropertyStart("choices");
          for (var i = 0; i < replies.size(); i++) {
            json.writeStartObject();
            json.writeNumberProperty("index", i);
            json.writeObjectPropertyStart("message");
            json.writeStringProperty("role", "assistant");
            reply(replies.get(i), json, out);
            json.writeNullProperty("refusal");
            json.writeEndObject();
            json.writeNullProperty("logprobs");
            json.writeStringProperty("finish_reason", STOP);
            json.writeEndObject();
          }
          json.writeEndArray();
          usage(json);
        });
  }

  /** The chunk that opens a choice. */
  void writeRole(int choice, OutputStream out) throws IOException {
    writeChunk(
        choice,
        out,
        json -> {
          json.writeStringProperty("role", "assistant");
          json.writeStringProperty("content", "");
        },
        false);
  }

  void writeReply(int choice, Reply reply, OutputStream out) throws IOException {
    writeChunk(choice, out, json -> reply(reply, json, out), false);
  }

  /** The chunk that ends a choice. */
  void writeStop(int choice, OutputStream out) throws IOException {
    writeChunk(choice, out, _ -> {}, true);
  }

  /** The chunk for those who asked for it. */
  void writeUsage(OutputStream out) throws IOException {
    write(
        "chat.completion.chunk",
        out,
        json -> {
          json.writeArrayPropertyStart("choices");
          json.writeEndArray();
          usage(json);
        });
  }

  private void writeChunk(int choice, OutputStream out, Members delta, boolean last)
      throws IOException {
    write(
        "chat.completion.chunk",
        out,
        json -> {
          json.writeArrayPropertyStart("choices");
          json.writeStartObject();
          json.writeNumberProperty("index", choice);
          json.writeObjectPropertyStart("delta");
          delta.write(json);
          json.writeEndObject();
          json.writeNullProperty("logprobs");
          json.writeName("finish_reason");
          json.writeString(last ? STOP : null);
          json.writeEndObject();
          json.writeEndArray();
        });
  }

  private void write(String object, OutputStream out, Members rest) throws IOException {
    try (var json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringProperty("id", id);
      json.writeStringProperty("object", object);
      json.writeNumberProperty("created", created);
      json.writeStringProperty("model", model);
      rest.write(json);
      json.writeEndObject();
    }
  }

  /** Nothing is counted in tokens, but SDKs' types demand numbers. */
  private static void usage(JsonGenerator json) {
    json.writeObjectPropertyStart("usage");
    json.writeNumberProperty("prompt_tokens", 0);
    json.writeNumberProperty("completion_tokens", 0);
    json.writeNumberProperty("total_tokens", 0);
    json.writeEndObject();
  }

  private static void reply(Reply reply, JsonGenerator json, OutputStream out) throws IOException {
    switch (reply) {
      case Reply.Sentence(var text) -> json.writeStringProperty("content", text);
      case Reply.Picture(var prompt, var place) -> {
        json.writeName("content");
        var shown = place instanceof Link(var url) ? new Link(MarkdownText.url(url)) : place;
        write(MarkdownText.beforeUrl(prompt), shown, MarkdownText.AFTER_URL, json, out);
        json.writeArrayPropertyStart("images");
        json.writeStartObject();
        json.writeStringProperty("type", "image_url");
        json.writeObjectPropertyStart("image_url");
        json.writeName("url");
        write("", place, "", json, out);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
      }
    }
  }

  /** A string that has the URL of a picture in it. */
  private static void write(
      String before, Place place, String after, JsonGenerator json, OutputStream out)
      throws IOException {
    switch (place) {
      case Link(var url) -> json.writeString(before + url + after);
      case Inline(var format, var source) -> {
        var start = before + "data:" + format.mediaType() + ";base64,";
        json.writeRawValue(
            "\"" + new String(JsonStringEncoder.getInstance().quoteAsUTF8(start), UTF_8));
        json.flush();
        try (var base64 = Base64.getEncoder().wrap(StreamUtils.nonClosing(out));
            var bytes = source.open()) {
          bytes.transferTo(base64);
        }
        json.writeRaw(after + "\"");
      }
    }
  }
}
