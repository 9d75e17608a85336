package dev.nectar.web.prompt;

/** What a browser offers to save an image as. */
final class FileName {

  private static final int MAX_LENGTH = 60;

  private FileName() {}

  /** Letters, digits and hyphens from the start of the prompt; {@code image} if it has none. */
  static String of(String prompt) {
    var name = new StringBuilder();
    for (var i = 0; i < prompt.length() && name.length() < MAX_LENGTH; i++) {
      var c = Character.toLowerCase(prompt.charAt(i));
      if (('a' <= c && c <= 'z') || ('0' <= c && c <= '9')) {
        name.append(c);
      } else if (!name.isEmpty() && name.charAt(name.length() - 1) != '-') {
        name.append('-');
      }
    }
    while (!name.isEmpty() && name.charAt(name.length() - 1) == '-') {
      name.setLength(name.length() - 1);
    }
    return name.isEmpty() ? "image" : name.toString();
  }
}
