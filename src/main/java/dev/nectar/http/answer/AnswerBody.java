package dev.nectar.http.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.image.ImageFormat;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ContainerNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is in the body of an answer: a picture; the one JSON document that it is, whatever white
 * space, comments and events come before it; or the documents of its server-sent events. What was
 * read before a fault stays.
 */
public final class AnswerBody {

  /** Of all documents together, as is the text. */
  private static final int MAX_TOKENS = 50_000;

  private static final int MAX_TEXT = 512 * 1024;
  private static final int MAX_EVENTS = 20_000;
  private static final int BOM_LENGTH = 3;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(50).build())
          .build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Pictures that are not done. */
  private static final String PARTIAL = "partial_image";

  private static final String COMPLETED = ".completed";

  /** Of pictures of any format; no text begins so. */
  private static final String FIRST_BYTES = "\u0089\u00ff\0RG";

  private static final String DONE = "[DONE]";

  private final StagedPictures pictures;
  private final Runnable afterPicture;
  private final List<JsonNode> documents = new ArrayList<>();
  private @Nullable PicturelessJson malformed;
  private @Nullable String event;
  private boolean inEvent;
  private boolean isPicture;
  private int tokensLeft = MAX_TOKENS;
  private int textLeft = MAX_TEXT;

  /**
   * @param afterPicture is told when what is still to come may only be a postscript
   */
  public AnswerBody(StagedPictures pictures, Runnable afterPicture) {
    this.pictures = pictures;
    this.afterPicture = afterPicture;
  }

  /** Those that were read, and as much as was of the last one. */
  public List<JsonNode> documents() {
    return documents;
  }

  /** What there was in the place of JSON, as far as it was read; null if there was none. */
  public @Nullable String text() {
    return malformed == null ? null : new String(malformed.start(), UTF_8);
  }

  /** Whether it is itself a picture, the first of the staged. */
  public boolean isPicture() {
    return isPicture;
  }

  /** Reads on in what is no JSON, as far as it may tell something. */
  public void readText() throws IOException {
    if (malformed != null) {
      malformed.readStart();
    }
  }

  /**
   * Reads to the end of the answer.
   *
   * @throws IOException if it breaks off
   */
  public void read(InputStream body) throws IOException {
    var window = new ByteWindow(body);
    isPicture = isPicture(window);
    if (isPicture) {
      pictures.add(window::transferTo);
    } else {
      readDocuments(window);
    }
  }

  /** Told by the first bytes, which are waited for only where they may be a picture's. */
  private static boolean isPicture(ByteWindow body) throws IOException {
    if (FIRST_BYTES.indexOf(body.peek()) < 0) {
      return false;
    }
    var length = body.has(ImageFormat.HEAD_LENGTH) ? ImageFormat.HEAD_LENGTH : body.available();
    return ImageFormat.of(body.head(length)).isPresent();
  }

  private void readDocuments(ByteWindow body) throws IOException {
    if (body.peek() == 0xef && body.has(BOM_LENGTH)) {
      body.skip(BOM_LENGTH);
    }
    for (var events = 0; events < MAX_EVENTS; ) {
      var b = body.peek();
      if (b == ByteWindow.END) {
        return;
      } else if (Character.isWhitespace(b)) {
        body.skip(1);
      } else if (b == ':') {
        line(body);
      } else if (body.skipWord("data:")) {
        events++;
        if (!readEvent(body)) {
          return;
        }
      } else if (body.skipWord("event:")) {
        event = line(body);
      } else if (body.skipWord("id:") || body.skipWord("retry:")) {
        line(body);
      } else {
        readDocument(body);
        return;
      }
    }
  }

  private static String line(ByteWindow body) throws IOException {
    var line = new StringBuilder();
    for (var b = body.next(); b != ByteWindow.END && b != '\n' && b != '\r'; b = body.next()) {
      if (line.length() < 100) {
        line.append((char) b);
      }
    }
    return line.toString().strip();
  }

  /** Whether more can come. */
  private boolean readEvent(ByteWindow body) throws IOException {
    body.enterEvent();
    inEvent = true;
    while (body.peek() == ' ') {
      body.skip(1);
    }
    var isDone = body.skipWord(DONE);
    if (!isDone && body.has(1)) {
      readDocument(body);
    }
    body.leaveEvent();
    inEvent = false;
    event = null;
    return !isDone;
  }

  private void readDocument(ByteWindow body) throws IOException {
    var first = pictures.size();
    var json = new PicturelessJson(body, pictures, textLeft);
    var root = new ArrayNode(NODES);
    try (var parser =
        JSON.createParser(ObjectReadContext.empty(), new InputStreamReader(json, UTF_8))) {
      readTree(parser, root);
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      if (!inEvent) {
        malformed = json;
      }
      if (!inEvent && e instanceof UnexpectedEndOfInputException) {
        throw new EOFException("the answer ends early");
      }
    } finally {
      textLeft -= json.kept();
      add(root, first);
    }
  }

  private void add(ArrayNode root, int firstPicture) {
    if (root.isEmpty()) {
      return;
    }
    var document = root.get(0);
    if (document instanceof ObjectNode object && event != null && !object.has("type")) {
      object.put("type", event);
    }
    var type = document.path("type").asString("");
    if (type.endsWith(PARTIAL)) {
      pictures.discardFrom(firstPicture);
      return;
    }
    documents.add(document);
    if (inEvent && (type.endsWith(COMPLETED) || pictures.size() > firstPicture)) {
      afterPicture.run();
    }
  }

  /** Reads one value into the root. */
  private void readTree(JsonParser parser, ArrayNode root) {
    var open = new ArrayDeque<ContainerNode<?>>();
    open.push(root);
    do {
      tokensLeft--;
      var token = tokensLeft < 0 ? null : parser.nextToken();
      switch (token) {
        case null -> {
          return;
        }
        case END_OBJECT, END_ARRAY -> open.pop();
        case PROPERTY_NAME -> {}
        case START_OBJECT -> open.push(put(open.element(), parser, NODES.objectNode()));
        case START_ARRAY -> open.push(put(open.element(), parser, NODES.arrayNode()));
        default -> tell(put(open.element(), parser, scalar(parser, token)));
      }
    } while (open.size() > 1);
  }

  /** An answer that is no stream has little to add to its picture. */
  private void tell(JsonNode value) {
    if (!inEvent && pictures.isWhole(PicturelessJson.referred(value.asString("")))) {
      afterPicture.run();
    }
  }

  private static <T extends JsonNode> T put(
      ContainerNode<?> container, JsonParser parser, T value) {
    if (container instanceof ObjectNode object) {
      object.set(parser.currentName(), value);
    } else if (container instanceof ArrayNode array) {
      array.add(value);
    }
    return value;
  }

  /** Numbers are only ever compared as texts. */
  private static JsonNode scalar(JsonParser parser, JsonToken token) {
    return switch (token) {
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> NODES.stringNode(parser.getString());
    };
  }
}
