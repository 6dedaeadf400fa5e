package davy.controller.sparkplug;

/**
 * A metric, without its value.
 *
 * @param name ASCII, unique within its device ignoring case
 * @param alias unique within the edge node; {@link #WITHOUT_ALIAS} for one that only births hold
 * @param displayName as people know it, any script
 * @param unit empty where there is none
 */
record Tag(String name, long alias, Kind kind, String displayName, String unit) {

  static final long WITHOUT_ALIAS = 0;
}
