package davy.controller.panel;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps other web sites out. The page is reached by a number or by this machine's name, so that a
 * foreign name that points here is refused; what asks for something must come from our own page.
 */
final class Gate {

  /**
   * Only our own page can add this header: a foreign one would first have to ask, and is refused.
   */
  static final String OWN_HEADER = "X-Davy-Panel";

  private static final Pattern NUMERIC =
      Pattern.compile("(localhost|\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+])(:\\d{1,5})?");

  private static final Map<String, String> ANSWER_HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
              + " img-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final String machine;

  Gate() {
    this.machine = machineName();
  }

  private static String machineName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  static void addHeaders(HttpExchange exchange) {
    ANSWER_HEADERS.forEach(exchange.getResponseHeaders()::set);
  }

  /** Was the page asked for under a name that is ours? */
  boolean isOurHost(Headers headers) {
    String host = Optional.ofNullable(headers.getFirst("Host")).orElse("");
    return NUMERIC.matcher(host).matches()
        || host.replaceFirst(":\\d{1,5}$", "").equalsIgnoreCase(machine);
  }

  /** Does a request come from our own page? */
  boolean isOwnPage(Headers headers) {
    String host = Optional.ofNullable(headers.getFirst("Host")).orElse("");
    Optional<String> origin = Optional.ofNullable(headers.getFirst("Origin"));
    Optional<String> site = Optional.ofNullable(headers.getFirst("Sec-Fetch-Site"));
    return headers.containsKey(OWN_HEADER)
        && isJson(Optional.ofNullable(headers.getFirst("Content-Type")).orElse(""))
        && origin.filter(from -> !from.equals("http://" + host)).isEmpty()
        && site.filter(from -> !from.equals("same-origin")).isEmpty();
  }

  private static boolean isJson(String type) {
    return type.equals("application/json") || type.startsWith("application/json;");
  }
}
