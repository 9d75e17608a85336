package dev.nectar.hosting;

import dev.nectar.hosting.ImageHost.Hosting;
import dev.nectar.hosting.ImageHost.Hosting.Failed;
import dev.nectar.http.BoundedBody;
import dev.nectar.http.Deadline;
import dev.nectar.http.HttpCalls;
import dev.nectar.http.UnexpectedStatusException;
import dev.nectar.image.staging.StagedImage;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.entity.mime.InputStreamBody;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts images, each as the only file of a form, and reads the JSON that comes back.
 *
 * @param field the file's name in the form
 * @param headers of every request
 */
record FormUpload(
    HttpCalls http, UploadEndpoint endpoint, String field, Map<String, String> headers) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Otherwise the client adds a character set, which a form of files has not. */
  private static final ContentType FORM = ContentType.create("multipart/form-data");

  private static final long MAX_ANSWER_BYTES = 64 * 1024;

  /**
   * Posts an image.
   *
   * @param name without extension
   * @param reader of a successful answer
   */
  Hosting send(
      String name, StagedImage image, Deadline deadline, Function<JsonNode, Hosting> reader) {
    try {
      return http.call(post(name, image), deadline, answer -> read(answer, reader));
    } catch (IOException e) {
      return new Failed(UploadFaults.describe(e));
    }
  }

  private HttpPost post(String name, StagedImage image) {
    var post = new HttpPost(endpoint.url());
    post.setHeader(HttpHeaders.ACCEPT, "application/json");
    if (endpoint.credentials() != null) {
      post.setHeader(HttpHeaders.AUTHORIZATION, endpoint.credentials());
    }
    headers.forEach(post::setHeader);
    post.setEntity(form(name, image));
    return post;
  }

  /** Of a known length: many hosts refuse chunks. */
  private HttpEntity form(String name, StagedImage image) {
    var format = image.format();
    var file =
        new InputStreamBody(
            image.open(),
            ContentType.create(format.mediaType()),
            name + "." + format.extension(),
            image.size());
    return MultipartEntityBuilder.create().setContentType(FORM).addPart(field, file).build();
  }

  private static Hosting read(ClassicHttpResponse answer, Function<JsonNode, Hosting> reader)
      throws IOException {
    if (answer.getCode() / 100 != 2) {
      throw new UnexpectedStatusException(answer.getCode());
    }
    var body = new BoundedBody(HttpCalls.body(answer), MAX_ANSWER_BYTES).readAllBytes();
    try {
      return reader.apply(JSON.readTree(body));
    } catch (JacksonException e) {
      return new Failed("an answer that is not JSON");
    }
  }
}
