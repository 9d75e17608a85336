package dev.nectar.storage;

import static org.awaitility.Awaitility.await;

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

  /** As soon as nobody has a file open to write to it. */
  public void makeReadOnly() {
    remount("ro");
  }

  public void makeWritable() {
    remount("rw");
  }

  private void remount(String mode) {
    await(mode).until(() -> run("mount", "-o", "remount," + mode, directory.toString()));
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
