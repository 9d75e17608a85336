package dev.nectar.image.staging;

import dev.nectar.image.ImageFacts;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageSize;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A complete image that is not yet kept; closing it deletes it, unless {@link #moveTo} kept it. One
 * that is lost, since a call ended just as it came, is closed when the garbage collector finds it.
 */
public final class StagedImage implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(StagedImage.class);

  private static final Cleaner LOST = Cleaner.create();

  private final ImageFacts facts;
  private final StagedContents contents;
  private final Cleaner.Cleanable cleanable;

  StagedImage(ImageFacts facts, StagedContents contents) {
    this.facts = facts;
    this.contents = contents;
    this.cleanable = LOST.register(this, () -> discard(contents));
  }

  public ImageFacts facts() {
    return facts;
  }

  public ImageFormat format() {
    return facts.format();
  }

  /** Its real width and height, whatever was asked for. */
  public ImageSize pixels() {
    return Objects.requireNonNull(facts.pixels(), "no image is staged without them");
  }

  /** In bytes. */
  public long size() {
    return facts.size();
  }

  /** In lower-case hex. */
  public String sha256() {
    return facts.sha256();
  }

  /** Its bytes, until it is closed; each stream has a place of its own. */
  public InputStream open() {
    return contents.open();
  }

  /** Begins to make the bytes durable, and does not wait. */
  public void beginForce() {
    contents.beginForce();
  }

  /**
   * Makes the bytes durable.
   *
   * @throws IOException if the disk does not take them
   */
  public void force() throws IOException {
    contents.force();
  }

  /**
   * Gives the image this name, all of it or nothing. It can still be read until it is closed.
   *
   * @param target in the directory of the staging area
   * @throws IOException if the disk does not take it; the image is then still staged
   */
  public void moveTo(Path target) throws IOException {
    contents.moveTo(target);
  }

  /** Never fails: what can't be deleted is cleared away at the next start. */
  @Override
  public void close() {
    cleanable.clean();
  }

  private static void discard(StagedContents contents) {
    try {
      contents.discard();
    } catch (IOException e) {
      log.debug("A temporary image can't be removed: {}", e.toString());
    }
  }
}
