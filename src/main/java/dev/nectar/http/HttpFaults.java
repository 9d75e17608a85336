package dev.nectar.http;

import dev.nectar.image.ImageTooLargeException;
import dev.nectar.image.NotAnImageException;
import dev.nectar.image.TruncatedImageException;
import dev.nectar.image.staging.NoRoomException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Names what went wrong, in a few words that quote nothing of what a peer wrote. */
public final class HttpFaults {

  private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9.+-]{1,30}/[a-z0-9.+-]{1,60}");

  private HttpFaults() {}

  public static String describe(IOException fault) {
    return switch (fault) {
      case DeadlineExceededException _, InterruptedIOException _ -> "timeout";
      case UnexpectedStatusException unexpected -> "status " + unexpected.status();
      case BlockedAddressException _ -> "private address";
      case UnknownHostException _ -> "unknown host";
      case ConnectException _ -> "connection refused";
      case SSLException _ -> "TLS failed";
      case BodyTooLargeException _ -> "answer too large";
      case ContentCoding.UnknownException unknown -> String.valueOf(unknown.getMessage());
      case ZipException _ -> "broken encoding";
      case NotAnImageException _ -> "not a picture";
      case TruncatedImageException _ -> "picture cut off";
      case ImageTooLargeException _ -> "picture too large";
      case NoRoomException _ -> "no room";
      case SocketException _,
          ConnectionClosedException _,
          NoHttpResponseException _,
          EOFException _ ->
          "connection broken";
      // Ours: no library throws this class with words of a peer.
      default ->
          fault.getClass().equals(IOException.class)
              ? String.valueOf(fault.getMessage())
              : "malformed answer";
    };
  }

  /**
   * What is no picture although it came in the place of one.
   *
   * @param mediaType that was claimed
   */
  public static String notAPicture(String mediaType) {
    return MEDIA_TYPE.matcher(mediaType).matches()
        ? "not a picture: " + mediaType
        : "not a picture";
  }
}
