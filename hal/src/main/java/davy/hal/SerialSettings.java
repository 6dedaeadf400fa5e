package davy.hal;

/**
 * How bytes travel on a serial line.
 *
 * @param baud 1200 to 115200
 * @param format data bits, parity and stop bits
 */
public record SerialSettings(int baud, Format format) {

  /** The three frames Modbus RTU uses; bits count start, data, parity and stop. */
  public enum Format {
    F8N1(10),
    F8E1(11),
    F8N2(11);

    private final int bitsPerCharacter;

    Format(int bitsPerCharacter) {
      this.bitsPerCharacter = bitsPerCharacter;
    }

    public int bitsPerCharacter() {
      return bitsPerCharacter;
    }
  }

  public SerialSettings {
    if (baud < 1200 || baud > 115_200) {
      throw new IllegalArgumentException("baud " + baud + " is outside 1200 to 115200");
    }
  }

  /** Time of one character on the wire, rounded up. */
  public long characterNanos() {
    return (format.bitsPerCharacter() * 1_000_000_000L + baud - 1) / baud;
  }

  /** Modbus RTU silence between frames: 3.5 characters, fixed at 1.75 ms above 19200 baud. */
  public long silenceNanos() {
    return baud > 19_200 ? 1_750_000L : (characterNanos() * 7 + 1) / 2;
  }
}
