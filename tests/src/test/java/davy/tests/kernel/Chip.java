package davy.tests.kernel;

/** The registers and wires of an emulated GPIO chip; all lines are below 8. */
sealed interface Chip {

  /** Does the chip drive this pin? */
  boolean driven(int line);

  /** The pin's level as its register tells it. */
  boolean high(int line);

  /** The wire from outside; nothing while the chip drives the pin. */
  void outside(int line, boolean high);

  /** The chip's output register, written behind the kernel's back. */
  void register(int line, boolean high);

  /**
   * Brings what QEMU last told of this output in line with the register: it tells a level only
   * where that differs from the one it told before, and this is called before a watch begins.
   */
  default void align(int line) {}

  /** As after power-up: an input. */
  void letGo(int line);

  /** ARM's PL061, as QEMU's board "virt" has it. */
  record Pl061(Qtest qtest, String device) implements Chip {

    private static final int BASE = 0x0903_0000;
    private static final int DIRECTION = BASE + 0x400;

    /** Bits 2 to 9 of the address say which lines an access to the data is about. */
    private static int data(int line) {
      return BASE + (1 << line + 2);
    }

    @Override
    public boolean driven(int line) {
      return (qtest.read(DIRECTION) & 1 << line) != 0;
    }

    @Override
    public boolean high(int line) {
      return qtest.read(data(line)) != 0;
    }

    @Override
    public void outside(int line, boolean high) {
      qtest.input(device, line, high);
    }

    @Override
    public void register(int line, boolean high) {
      qtest.write(data(line), high ? 1 << line : 0);
    }

    @Override
    public void letGo(int line) {
      qtest.write(DIRECTION, qtest.read(DIRECTION) & ~(1 << line));
    }
  }

  /**
   * The Pi's own. QEMU's model has no wires from outside: its set and clear registers move the
   * level that an input reads, too.
   */
  record Bcm2835(Qtest qtest) implements Chip {

    private static final int BASE = 0x3f20_0000;
    private static final int SET = BASE + 0x1c;
    private static final int CLEAR = BASE + 0x28;
    private static final int LEVELS = BASE + 0x34;
    private static final int FUNCTION_BITS = 3;
    private static final int FUNCTION_MASK = 7;
    private static final int OUTPUT = 1;

    @Override
    public boolean driven(int line) {
      return (qtest.read(BASE) >> line * FUNCTION_BITS & FUNCTION_MASK) == OUTPUT;
    }

    @Override
    public boolean high(int line) {
      return (qtest.read(LEVELS) & 1 << line) != 0;
    }

    @Override
    public void outside(int line, boolean high) {
      if (!driven(line)) {
        register(line, high);
      }
    }

    @Override
    public void register(int line, boolean high) {
      qtest.write(high ? SET : CLEAR, 1 << line);
    }

    /**
     * The level of an input moves here without a word, so the output stage moves there and back.
     */
    @Override
    public void align(int line) {
      boolean driven = driven(line);
      boolean high = high(line);
      function(line, OUTPUT);
      register(line, !high);
      register(line, high);
      function(line, driven ? OUTPUT : 0);
    }

    @Override
    public void letGo(int line) {
      function(line, 0);
    }

    private void function(int line, int code) {
      int others = qtest.read(BASE) & ~(FUNCTION_MASK << line * FUNCTION_BITS);
      qtest.write(BASE, others | code << line * FUNCTION_BITS);
    }
  }
}
