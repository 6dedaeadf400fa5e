package davy.controller.uplink;

import java.util.List;

/** Threads that the MQTT library left running. */
final class ClientThreads {

  private ClientThreads() {}

  static List<Thread> all() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("MQTT "))
        .filter(thread -> !thread.getName().contains("county"))
        .toList();
  }

  static String toText() {
    StringBuilder text = new StringBuilder();
    for (Thread thread : all()) {
      text.append(thread.getName()).append(' ');
      for (StackTraceElement frame : thread.getStackTrace()) {
        text.append("\n    ").append(frame);
      }
      text.append('\n');
    }
    return text.toString();
  }

  static void awaitNone() {
    try {
      Mosquitto.await("no thread of a client is left", 15, () -> all().isEmpty());
    } catch (AssertionError e) {
      throw new AssertionError(toText(), e);
    }
  }
}
