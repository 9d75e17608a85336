package dev.nectar.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTextTest {

  private static final String URL = "https://images.example.com/p?a=1&sig=x_y-z";

  private static String picture(String description) {
    return MarkdownText.beforeUrl(description) + URL + MarkdownText.AFTER_URL;
  }

  @Test
  void description_ofWords_staysAsItIs() {
    assertThat(picture("a red apple, ripe (2) - \"so\" #1"))
        .isEqualTo("![a red apple, ripe (2) - \"so\" #1](" + URL + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a](http://evil.example) ![b",
        "]",
        "[",
        "![",
        "\\",
        "\\]",
        "a `code](x) span` b",
        "`",
        "<img src=x onerror=alert(1)>",
        "<https://a.example>",
        "a *big* **cat** of_the_house",
        "&lt;b&gt; &amp; &#35;",
        "^1",
        "[^1]",
        "$5](x) and $6",
        "~~gone~~ | table",
        "# no heading",
        "- no list",
        "a 湖 lake 🍎"
      })
  void description_ofAnyCharacters_isTheWholeTextOfOnePicture(String description) {
    var paragraph = Parser.builder().build().parse(picture(description)).getFirstChild();

    assertThat(paragraph).isInstanceOf(Paragraph.class);
    assertThat(paragraph.getNext()).isNull();
    assertThat(paragraph.getFirstChild()).isInstanceOf(Image.class);
    assertThat(paragraph.getFirstChild().getNext()).isNull();
    assertThat(((Image) paragraph.getFirstChild()).getDestination()).isEqualTo(URL);
    var text = new StringBuilder();
    paragraph.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text node) {
            text.append(node.getLiteral());
          }
        });
    assertThat(text).hasToString(description);
  }

  @Test
  void footnotesAndFormulas_ofChatsOwn_areEscaped() {
    assertThat(picture("^a $b$")).startsWith("![\\^a \\$b\\$](");
  }

  @Test
  void lineBreaks_areBlanks() {
    assertThat(picture(" a\n\nb\r\n- c\td\u2028e ")).isEqualTo("![a b - c d e](" + URL + ")");
  }

  @Test
  void url_withParentheses_staysOne() {
    assertThat(MarkdownText.url("https://a.example/b(1).png"))
        .isEqualTo("https://a.example/b%281%29.png");
  }
}
