package dev.nectar.launcher;

/**
 * Where {@code java -jar} begins. Compiled for Java 8, so that any Java can say which one it takes
 * instead of refusing a class.
 */
public final class Launcher {

  private static final int NEEDED = 25;

  private Launcher() {}

  /** Goes on to the server, where the Java is recent enough. */
  public static void main(String[] arguments) throws Exception {
    String java = System.getProperty("java.specification.version");
    if (Double.parseDouble(java) < NEEDED) {
      System.err.println(
          "Nectar needs Java "
              + NEEDED
              + " or later; this is Java "
              + System.getProperty("java.version")
              + ", in "
              + System.getProperty("java.home")
              + ".");
      System.exit(1);
    }
    Class.forName("dev.nectar.NectarApplication")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }
}
