package dev.nectar.demo;

import dev.nectar.http.BodyTooLargeException;
import dev.nectar.http.JsonObjectBody.MalformedException;
import dev.nectar.http.answer.RequestBody;
import dev.nectar.http.answer.StagedPictures;
import dev.nectar.image.NotAnImageException;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A JSON object with pictures, which are staged while it is read. */
record Request(JsonNode json, StagedPictures pictures) implements AutoCloseable {

  /**
   * Reads it whole.
   *
   * @throws MalformedException if it is none, or too long
   */
  static Request read(InputStream body, StagingArea staging) throws IOException {
    var pictures = new StagedPictures(staging);
    try {
      return new Request(RequestBody.read(body, pictures, staging.maxImageBytes()), pictures);
    } catch (IOException e) {
      pictures.close();
      throw e;
    }
  }

  static boolean isTooLong(MalformedException fault) {
    return Stream.<Throwable>iterate(fault, cause -> cause != null, Throwable::getCause)
        .anyMatch(BodyTooLargeException.class::isInstance);
  }

  /**
   * The pictures that these texts of the object are.
   *
   * @param mask null: there is none
   * @throws IOException if one of them is no picture that can be read
   */
  Inputs inputs(List<String> images, @Nullable String mask) throws IOException {
    var taken = new ArrayList<StagedImage>();
    try {
      for (var text : images) {
        taken.add(take(text));
      }
      var first = List.copyOf(taken);
      if (mask == null) {
        return Inputs.read(first, null);
      }
      taken.add(take(mask));
      return Inputs.read(first, taken.getLast());
    } finally {
      taken.forEach(StagedImage::close);
    }
  }

  private StagedImage take(String text) throws IOException {
    var slot = pictures.in(text);
    if (slot == null) {
      throw new NotAnImageException();
    }
    return slot.take();
  }

  @Override
  public void close() {
    pictures.close();
  }
}
