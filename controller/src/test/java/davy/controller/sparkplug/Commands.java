package davy.controller.sparkplug;

/** What a host, or somebody else, may send to an edge node. */
public final class Commands {

  private Commands() {}

  public static byte[] rebirth() {
    return write("Node Control/Rebirth");
  }

  /** Writes true to a metric. */
  public static byte[] write(String metric) {
    return of(new Wire().text(1, metric).number(4, 11).flag(14, true));
  }

  public static byte[] byAlias(long alias) {
    return of(new Wire().number(2, alias).number(4, 11).flag(14, true));
  }

  public static byte[] death(int number) {
    return Payload.nodeDeath(number, 1_800_000_000_000L);
  }

  private static byte[] of(Wire metric) {
    return new Wire().number(1, 1_800_000_000_000L).part(2, metric).bytes();
  }
}
