package dev.nectar.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nectar.http.RawServer;
import dev.nectar.http.RawServer.Connection;
import java.util.Base64;

/**
 * What a back end may do instead of painting.
 *
 * @param name the prompt that it is told for
 * @param answer to the call of the API
 * @param file what the file is that the answer may link to
 */
record Lie(String name, RawServer.Script answer, RawServer.Script file) {

  private static final RawServer.Script NO_FILE = Connection::reset;

  /** Does as told when the API is called. */
  static Lie told(String name, RawServer.Script answer) {
    return new Lie(name, answer, NO_FILE);
  }

  /** Sends these bytes and closes. */
  static Lie bytes(String name, String answer) {
    return told(name, peer -> peer.send(answer));
  }

  /** A correct answer but for the JSON. */
  static Lie json(String name, String json) {
    return bytes(name, RawServer.ok(json));
  }

  /** A correct answer, and the image in it is this. */
  static Lie image(String name, byte[] image) {
    return json(name, painting(Base64.getEncoder().encodeToString(image)));
  }

  static Lie image(String name, String image) {
    return image(name, image.getBytes(ISO_8859_1));
  }

  /** A correct answer that names this URL. */
  static Lie link(String name, String url) {
    return json(name, linking(url));
  }

  /** A correct answer with a link to a file that is this. */
  static Lie file(String name, RawServer.Script file) {
    return new Lie(name, peer -> peer.send(RawServer.ok(linking(url(peer, name)))), file);
  }

  static Lie file(String name, String answer) {
    return file(name, peer -> peer.send(answer));
  }

  static String url(Connection peer, String name) {
    return "http://127.0.0.1:" + peer.socket().getLocalPort() + "/" + name.replace(" ", "%20");
  }

  static String painting(String base64) {
    return "{\"data\":[{\"b64_json\":\"" + base64 + "\"}]}";
  }

  private static String linking(String url) {
    return "{\"data\":[{\"url\":\"" + url + "\"}]}";
  }

  @Override
  public String toString() {
    return name;
  }
}
