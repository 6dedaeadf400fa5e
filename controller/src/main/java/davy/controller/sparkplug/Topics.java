package davy.controller.sparkplug;

/**
 * The topics of one edge node.
 *
 * @param group the SCADA host's folder of edge nodes
 * @param node unique within it
 */
public record Topics(String group, String node) {

  private static final String NAMESPACE = "spBv1.0/";

  public String nodeBirth() {
    return of("NBIRTH");
  }

  public String nodeDeath() {
    return of("NDEATH");
  }

  public String nodeData() {
    return of("NDATA");
  }

  public String nodeCommand() {
    return of("NCMD");
  }

  public String deviceBirth(String device) {
    return of("DBIRTH") + "/" + device;
  }

  public String deviceDeath(String device) {
    return of("DDEATH") + "/" + device;
  }

  public String deviceData(String device) {
    return of("DDATA") + "/" + device;
  }

  /** Of all devices, also of such as we do not have: whoever writes to one is to be named. */
  public String deviceCommands() {
    return of("DCMD") + "/+";
  }

  /** Where the primary host says whether it is there. */
  public static String state(String host) {
    return NAMESPACE + "STATE/" + host;
  }

  private String of(String verb) {
    return NAMESPACE + group + "/" + verb + "/" + node;
  }
}
