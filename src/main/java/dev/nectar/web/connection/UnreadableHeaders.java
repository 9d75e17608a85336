package dev.nectar.web.connection;

import java.util.function.Predicate;
import org.apache.tomcat.util.http.MimeHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Headers that Tomcat or Spring would break off at, or log; they are taken for absent. */
final class UnreadableHeaders {

  private UnreadableHeaders() {}

  static void remove(MimeHeaders headers) {
    // Nobody reads it, and Tomcat refuses to parse long ones.
    headers.removeHeader("accept-language");
    removeUnless(UnreadableHeaders::namesTypes, "accept", headers);
    removeUnless(UnreadableHeaders::isOneType, "content-type", headers);
  }

  private static void removeUnless(Predicate<String> readable, String name, MimeHeaders headers) {
    var value = headers.getHeader(name);
    if (value != null && !readable.test(value)) {
      headers.removeHeader(name);
    }
  }

  private static boolean namesTypes(String accept) {
    try {
      return !MediaType.parseMediaTypes(accept).isEmpty();
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }

  private static boolean isOneType(String contentType) {
    try {
      return MediaType.parseMediaType(contentType).isConcrete();
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }
}
