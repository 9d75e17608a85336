package dev.nectar.launcher;

/**
 * Where {@code java -jar} begins. Compiled for Java 8, so that any Java can say which one it takes
 * instead of refusing a class.
 */
public final class Launcher {

  private static final int NEEDED = 25;

  /** Has Spring make its beans as was found out when the jar was made. */
  private static final String PREPARED = "spring.aot.enabled";

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
    if (System.getProperty(PREPARED) == null) {
      System.setProperty(PREPARED, "true");
    }
    Class.forName("dev.nectar.NectarApplication")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }
}
