package dev.nectar.cache.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.lucene.tests.mockfile.FilterFileChannel;
import org.apache.lucene.tests.mockfile.FilterFileSystemProvider;

/** The real disk, of which every change is written down and one may go wrong. */
final class WatchedDisk extends FilterFileSystemProvider {

  enum Change {
    CREATE,
    WRITE,
    FORCE,
    MOVE,
    DELETE
  }

  record Step(Change change, Path file) {}

  /** What becomes of a step that goes wrong. */
  enum Fault {
    /** It fails, once. */
    FAILS,
    /** The process ends in its middle. */
    HALTS
  }

  /** The process is no more. */
  static final class Halted extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final List<Step> steps = new CopyOnWriteArrayList<>();
  private final Set<Path> unforced = ConcurrentHashMap.newKeySet();
  private int faultyStep;
  private final Fault fault;
  private boolean halted;

  /**
   * @param faultyStep the number of the one that goes wrong, from 0; -1: none
   */
  WatchedDisk(int faultyStep, Fault fault) {
    super("watched", FileSystems.getDefault());
    this.faultyStep = faultyStep;
    this.fault = fault;
  }

  /** A path of the real disk, seen through this one. */
  Path watch(Path path) {
    return wrapPath(path);
  }

  List<Step> steps() {
    return steps;
  }

  /** Nothing goes wrong from now on; whether something has. */
  synchronized boolean mend() {
    var failed = steps.size() > faultyStep;
    faultyStep = -1;
    return failed;
  }

  /** Loses what was written and not forced, as a disk without power may. */
  void losePower() throws IOException {
    for (var file : unforced) {
      if (Files.isRegularFile(file)) {
        Files.write(file, new byte[0]);
      }
    }
  }

  /** Whether the step goes well. */
  private synchronized boolean begin(Change change, Path file) throws IOException {
    if (halted) {
      throw new Halted();
    }
    steps.add(new Step(change, file));
    if (steps.size() - 1 != faultyStep) {
      return true;
    }
    if (fault == Fault.FAILS) {
      throw new IOException("the disk fails");
    }
    halted = true;
    return false;
  }

  private void step(Change change, Path file) throws IOException {
    if (!begin(change, file)) {
      throw new Halted();
    }
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    step(Change.MOVE, toDelegate(source));
    super.move(source, target, options);
    if (unforced.remove(toDelegate(source))) {
      unforced.add(toDelegate(target));
    }
  }

  @Override
  public boolean deleteIfExists(Path path) throws IOException {
    step(Change.DELETE, toDelegate(path));
    unforced.remove(toDelegate(path));
    return super.deleteIfExists(path);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    var file = toDelegate(path);
    if (options.contains(StandardOpenOption.WRITE)) {
      step(Change.CREATE, file);
    }
    return new WatchedChannel(super.newFileChannel(path, options, attributes), file);
  }

  private final class WatchedChannel extends FilterFileChannel {
    private final Path file;

    WatchedChannel(FileChannel delegate, Path file) {
      super(delegate);
      this.file = file;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      var whole = WatchedDisk.this.begin(Change.WRITE, file);
      unforced.add(file);
      if (whole) {
        return super.write(bytes);
      }
      super.write(bytes.slice(bytes.position(), bytes.remaining() / 2));
      throw new Halted();
    }

    @Override
    public void force(boolean metaData) throws IOException {
      step(Change.FORCE, file);
      super.force(metaData);
      unforced.remove(file);
    }
  }
}
