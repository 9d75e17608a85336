package dev.nectar.cache;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A small file system of its own, where this machine lets us have one. */
public record Tmpfs(Path directory) implements AutoCloseable {

  public static Tmpfs mount(Path directory) throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", directory.toString()),
        "mounting a tmpfs is not allowed here");
    return new Tmpfs(directory);
  }

  public void makeReadOnly() throws IOException, InterruptedException {
    remount("ro");
  }

  public void makeWritable() throws IOException, InterruptedException {
    remount("rw");
  }

  private void remount(String mode) throws IOException, InterruptedException {
    if (!run("mount", "-o", "remount," + mode, directory.toString())) {
      throw new IOException("could not be remounted " + mode);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      run("umount", directory.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return Assumptions.abort("there is no " + command[0] + " here");
    }
  }
}
