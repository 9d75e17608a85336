package dev.nectar.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code .env} file says: {@code NAME=value} lines, {@code export} before the name, {@code
 * #} comments, values in double quotes (with {@code \n}, {@code \"}, {@code \\}) or in single
 * quotes (literal), either over several lines. The libraries for this that are to be had keep
 * single quotes in the value, reject {@code export}, or print the faulty line, which may hold a
 * secret.
 */
record DotEnvFile(Map<String, Object> values, List<SettingFault> faults) {

  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.]*)\\s*=\\s*(.*)", Pattern.DOTALL);
  private static final Pattern DOUBLE_QUOTED =
      Pattern.compile("\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"\\s*(?:#.*)?", Pattern.DOTALL);
  private static final Pattern SINGLE_QUOTED =
      Pattern.compile("'([^']*+)'\\s*(?:#.*)?", Pattern.DOTALL);
  private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#.*");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);

  static DotEnvFile parse(List<String> lines) {
    var values = new LinkedHashMap<String, Object>();
    var faults = new ArrayList<SettingFault>();
    for (var at = 0; at < lines.size(); at++) {
      var line = withoutByteOrderMark(lines.get(at)).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      var assignment = ASSIGNMENT.matcher(line);
      if (!assignment.matches()) {
        faults.add(fault(at, "The line is no assignment.", "Write NAME=value."));
        continue;
      }
      var name = assignment.group(1);
      var text = assignment.group(2);
      if (!text.startsWith("\"") && !text.startsWith("'")) {
        values.put(name, COMMENT.matcher(text).replaceFirst("").strip());
        continue;
      }
      var last = closing(lines, at, text);
      if (last < 0) {
        faults.add(
            fault(
                at,
                "The quotes around " + name + " are not closed, or something follows them.",
                "Close them."));
        continue;
      }
      values.put(name, unquoted(joined(lines, at, last, text)));
      at = last;
    }
    return new DotEnvFile(values, faults);
  }

  /** Some editors put one at the start of a file. */
  private static String withoutByteOrderMark(String line) {
    return line.startsWith("\ufeff") ? line.substring(1) : line;
  }

  private static SettingFault fault(int line, String fault, String remedy) {
    return new SettingFault(".env line " + (line + 1), fault, remedy);
  }

  /** The line on which the quoted text that begins on this one ends; -1 if it never does. */
  private static int closing(List<String> lines, int first, String text) {
    for (var last = first; last < lines.size(); last++) {
      if (quoted(text.charAt(0)).matcher(joined(lines, first, last, text)).matches()) {
        return last;
      }
    }
    return -1;
  }

  private static String joined(List<String> lines, int first, int last, String text) {
    return last == first
        ? text
        : text + "\n" + String.join("\n", lines.subList(first + 1, last + 1));
  }

  private static Pattern quoted(char quote) {
    return quote == '"' ? DOUBLE_QUOTED : SINGLE_QUOTED;
  }

  private static String unquoted(String text) {
    var matcher = quoted(text.charAt(0)).matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not quoted");
    }
    var inner = matcher.group(1);
    return text.startsWith("'") ? inner : unescaped(inner);
  }

  /** Other escapes stay as they are: JSON has its own. */
  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(match ->
            switch (match.group(1)) {
              case "n" -> "\n";
              case "\"" -> "\"";
              case "\\" -> "\\\\";
              case "$" -> "\\$";
              default -> "\\\\" + Matcher.quoteReplacement(match.group(1));
            });
  }
}
