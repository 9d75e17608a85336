package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description at {@code /openapi.json} says what the server does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Of pages for people and of faults, and other names of prompts. */
  private static final Pattern NO_API = Pattern.compile("/|/docs|/error|/ui/.*|/p|/image");

  /** What no controller of the server itself answers: what follows in raw paths, and health. */
  private static final Set<String> ANSWERED_ELSEWHERE =
      Set.of(
          "get /prompt/{prompt}",
          "get /v1/models/{id}",
          "get /actuator/health",
          "get /actuator/health/{group}");

  private static final Pattern OPERATION = Pattern.compile("get|post|put|patch|delete");

  private final Painter painter = Painter.start();
  private final NectarServer nectar;
  private JsonNode description = JSON.nullNode();
  private String key = "";

  OpenApiTest(@TempDir Path cache) {
    nectar =
        NectarServer.start(
            cache,
            painter.url(),
            Map.of("MODELS", "flux", "URL_SIGNING_KEYS", "a-signing-key-of-32-characters-00"));
  }

  @BeforeAll
  void read() throws Exception {
    description = json("/openapi.json");
    painter.fails(500, "broken");
    assertThat(nectar.image("a refused pear").statusCode()).isEqualTo(502);
    painter.paints(SampleImages.png(200, 1));
    assertThat(nectar.image("a pear").statusCode()).isEqualTo(200);
    var made =
        nectar.send(
            "POST",
            "/admin/keys",
            "{\"name\": \"a\", \"budget\": {\"amount\": 1, \"per\": \"day\"}}",
            "X-Admin-Token",
            NectarServer.ADMIN_TOKEN);
    assertThat(made.statusCode()).isEqualTo(201);
    key = json("/admin/entries").at("/entries/0/key").asString();
  }

  @AfterAll
  void stop() {
    nectar.close();
    painter.close();
  }

  @Test
  void operations_areThoseOfTheServer() {
    var described = new TreeSet<String>();
    for (var path : description.get("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        assertThat(operation.getKey()).matches(OPERATION);
        described.add(operation.getKey() + " " + path.getKey());
      }
    }
    var answered = new TreeSet<>(ANSWERED_ELSEWHERE);
    nectar
        .operations()
        .filter(operation -> !NO_API.matcher(path(operation)).matches())
        .forEach(answered::add);

    assertThat(described).isEqualTo(answered);
  }

  private static String path(String operation) {
    return operation.substring(operation.indexOf(' ') + 1);
  }

  @Test
  void references_leadSomewhere_andNothingIsDefinedInVain() {
    var used = new TreeSet<String>();
    collectReferences(description, used);
    for (var scheme : description.at("/components/securitySchemes").propertyNames()) {
      used.add("#/components/securitySchemes/" + scheme);
    }
    var defined = new TreeSet<String>();
    for (var kind : description.get("components").properties()) {
      kind.getValue()
          .propertyNames()
          .forEach(name -> defined.add("#/components/" + kind.getKey() + "/" + name));
    }

    assertThat(used).isEqualTo(defined);
  }

  private static void collectReferences(JsonNode node, Set<String> references) {
    if (node.path("$ref").isString()) {
      references.add(node.get("$ref").stringValue());
    }
    node.forEach(each -> collectReferences(each, references));
  }

  @Test
  void operations_haveNamesOfTheirOwn_andSayWhatTheyDo() {
    var names = new ArrayList<String>();
    for (var path : description.get("paths")) {
      for (var operation : path) {
        names.add(operation.get("operationId").stringValue());
        assertThat(operation.path("summary").asString("")).isNotBlank();
        assertThat(operation.get("responses").size()).isPositive();
      }
    }
    assertThat(names).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "/status, /status, 200",
    "/status/history, /status/history, 200",
    "/actuator/health, /actuator/health, 200",
    "/actuator/health/liveness, /actuator/health/{group}, 200",
    "/admin/entries, /admin/entries, 200",
    "/admin/entries/KEY, /admin/entries/{key}, 200",
    "/admin/entries/00, /admin/entries/{key}, 400",
    "/admin/failures, /admin/failures, 200",
    "/admin/keys, /admin/keys, 200",
    "/admin/keys/none, /admin/keys/{id}, 404",
    "/admin/spend?by=key, /admin/spend, 200",
    "/admin/spend?by=colour, /admin/spend, 400",
    "/image/models, /image/models, 200",
    "/v1/models, /v1/models, 200",
    "/v1/models/flux, /v1/models/{id}, 200",
    "/v1/models/none, /v1/models/{id}, 404",
    "/prompt/a?width=1, /prompt/{prompt}, 400",
  })
  void answer_isAsDescribed(String target, String path, String status) throws Exception {
    var answer = get(target.replace("KEY", key));

    assertThat(answer.statusCode()).hasToString(status);
    check(JSON.readTree(answer.body()), schema(path, "get", status), target);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/sign|{\"prompt\":\"a pear\"}|200",
        "/v1/images/generations|{\"prompt\":\"a pear\",\"seed\":42}|200",
        "/v1/images/generations|{\"prompt\":\"\"}|400",
        "/v1/images/variations|{}|404",
        "/v1/chat/completions|{\"messages\":[{\"role\":\"user\",\"content\":\"a pear\"}]}|200",
        "/sdapi/v1/txt2img|{\"prompt\":\"a pear\",\"seed\":42}|200",
        "/sdapi/v1/txt2img|{\"prompt\":\"\"}|400",
      })
  void answerToABody_isAsDescribed(String path, String body, String status) throws Exception {
    var answer =
        nectar.send(
            "POST",
            path,
            body,
            "Authorization",
            "Bearer " + NectarServer.KEY,
            "Content-Type",
            "application/json");

    assertThat(answer.statusCode()).hasToString(status);
    check(JSON.readTree(answer.body()), schema(path, "post", status), path);
  }

  private HttpResponse<byte[]> get(String target) throws IOException, InterruptedException {
    return nectar.get(
        target,
        "Authorization",
        "Bearer " + NectarServer.KEY,
        "X-Admin-Token",
        NectarServer.ADMIN_TOKEN);
  }

  private JsonNode json(String target) throws IOException, InterruptedException {
    return JSON.readTree(get(target).body());
  }

  private JsonNode schema(String path, String method, String status) {
    var answer =
        resolved(description.get("paths").path(path).path(method).get("responses").path(status));
    assertThat(answer.isMissingNode()).as("%s %s %s", method, path, status).isFalse();
    return answer.get("content").iterator().next().get("schema");
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? description.at(node.get("$ref").stringValue().substring(1)) : node;
  }

  /** That it has all that is required, nothing that is not described, and each of its type. */
  private void check(JsonNode value, JsonNode unresolved, String where) {
    var schema = resolved(unresolved);
    if (schema.has("oneOf")) {
      if (!value.isNull()) {
        check(value, schema.get("oneOf").get(0), where);
      }
      return;
    }
    var types = new HashSet<>(texts(schema.get("type")));
    assertThat(types).as(where).contains(typeOf(value, types));
    if (schema.has("enum")) {
      assertThat(texts(schema.get("enum"))).as(where).contains(value.stringValue());
    }
    if (value.isArray()) {
      value.forEach(item -> check(item, schema.get("items"), where + "[]"));
    } else if (value.isObject() && schema.has("properties")) {
      assertThat(value.propertyNames()).as(where).containsAll(texts(schema.path("required")));
      for (var property : value.properties()) {
        var described = schema.get("properties").path(property.getKey());
        var name = where + "." + property.getKey();
        if (!schema.has("additionalProperties")) {
          assertThat(described.isMissingNode()).as(name).isFalse();
          check(property.getValue(), described, name);
        }
      }
    }
  }

  private static String typeOf(JsonNode value, Set<String> types) {
    return switch (value.getNodeType()) {
      case NUMBER -> value.isIntegralNumber() && types.contains("integer") ? "integer" : "number";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      case ARRAY -> "array";
      default -> "object";
    };
  }

  private static List<String> texts(JsonNode node) {
    var nodes = node.isArray() ? node.valueStream() : Stream.of(node);
    return nodes.filter(JsonNode::isString).map(JsonNode::stringValue).toList();
  }
}
