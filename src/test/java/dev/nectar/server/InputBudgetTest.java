package dev.nectar.server;

import static dev.nectar.server.NectarServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who pays for pictures that others are made from. */
@Tag("slow")
class InputBudgetTest extends BudgetCase {

  InputBudgetTest(@TempDir Path directory) {
    super(directory);
  }

  /** A link that the key signs. */
  private String link(KeyedServer.Key key, String prompt) throws Exception {
    var signed = server.post(key, "/sign", "{\"prompt\": \"%s\"}".formatted(prompt));
    assertThat(signed.statusCode()).isEqualTo(200);
    return json(signed).get("url").asString();
  }

  private HttpResponse<byte[]> edit(KeyedServer.Key key, String prompt, String image)
      throws Exception {
    return server.post(
        key,
        "/v1/images/edits",
        "{\"prompt\": \"%s\", \"image\": \"%s\"}".formatted(prompt, image));
  }

  private int pictures(KeyedServer.Key key) throws Exception {
    return server.view(key).get("pictures").asInt();
  }

  @Test
  void link_asAnInput_isPaidByWhoSignedIt() throws Exception {
    var signer = key(1, "day");
    var editor = key(1, "day");

    assertThat(edit(editor, "e1", link(signer, "l1")).statusCode()).isEqualTo(200);

    assertThat(pictures(signer)).isEqualTo(1);
    assertThat(pictures(editor)).isEqualTo(1);
    assertThat(painter.calls()).hasSize(2);
  }

  @Test
  void link_ofAUsedUpBudget_isNotPainted() throws Exception {
    var signer = key(0, "day");
    var editor = key(1, "day");

    assertThat(edit(editor, "e2", link(signer, "l2")).statusCode()).isEqualTo(400);

    assertThat(painter.calls()).isEmpty();
    assertThat(pictures(editor)).isZero();
  }

  @Test
  void edit_thatCantBePaid_hasNoInputPainted() throws Exception {
    var signer = key(5, "day");
    var usedUp = key(0, "day");
    var edit = edit(usedUp, "e3", link(signer, "l3"));

    assertThat(edit.statusCode()).isEqualTo(429);
    assertThat(json(edit).at("/error/code").asString()).isEqualTo("insufficient_quota");
    assertThat(painter.calls()).isEmpty();
    assertThat(pictures(signer)).isZero();
  }

  @Test
  void edit_ofOnesOwnLink_needsMoneyForBoth() throws Exception {
    var editor = key(1, "day");

    assertThat(edit(editor, "e4", link(editor, "l4")).statusCode()).isEqualTo(429);
    assertThat(painter.calls()).isEmpty();

    var richer = key(2, "day");
    assertThat(edit(richer, "e5", link(richer, "l5")).statusCode()).isEqualTo(200);
    assertThat(pictures(richer)).isEqualTo(2);
  }

  @Test
  void edit_thatIsCached_isServedToAUsedUpBudget() throws Exception {
    var editor = key(2, "day");
    var link = link(editor, "l6");
    assertThat(edit(editor, "e6\", \"seed\": \"6", link).statusCode()).isEqualTo(200);

    assertThat(edit(editor, "e6\", \"seed\": \"6", link).statusCode()).isEqualTo(200);
    assertThat(edit(editor, "e7", link).statusCode()).isEqualTo(429);
  }

  @Test
  void model_ofAnotherKey_isRefusedBeforeItsInputIsFetched() throws Exception {
    var key = server.key("{\"name\": \"a\", \"models\": [\"flux\"]}");
    var image = painter.url() + "/picture.png";
    painter.answers(WireMock.aResponse().withHeader("Content-Type", "image/png").withBody(PNG));

    assertThat(edit(key, "e8\", \"model\": \"other", image).statusCode()).isEqualTo(403);
    var prompt = "/prompt/p?model=other&key=%s&image=%s".formatted(key.secret(), image);
    assertThat(server.nectar().get(prompt).statusCode()).isEqualTo(403);
    assertThat(painter.calls()).isEmpty();
  }
}
