package davy.controller.interlock;

/** The lock of one zone (闭锁). Power may be granted only while it is {@link Open}. */
public sealed interface Lock {

  record Open() implements Lock {}

  /**
   * A cause is active.
   *
   * @param causes all that were seen since the lock was last open (S12)
   * @param first the one that closed it
   */
  record Tripped(Causes causes, FirstOut first) implements Lock {
    private Tripped with(Causes active) {
      Causes union = causes.with(active);
      return union.equals(causes) ? this : new Tripped(union, first);
    }
  }

  /** Every cause is gone, the release is not yet given. */
  record Latched(Causes causes, FirstOut first) implements Lock {}

  /**
   * The cause that came first.
   *
   * @param point index of the point that brought it, −1 where none did
   */
  record FirstOut(Cause cause, int point) {}

  Lock OPEN = new Open();

  /**
   * @param active causes of this step
   * @param first what to name first if the lock closes now
   * @param released whether the release rule of a latched lock is met
   */
  default Lock next(Causes active, FirstOut first, boolean released) {
    return switch (this) {
      case Open open when active.none() -> open;
      case Open _ -> new Tripped(active, first);
      case Tripped tripped when active.none() -> new Latched(tripped.causes, tripped.first);
      case Tripped tripped -> tripped.with(active);
      case Latched latched when !active.none() ->
          new Tripped(latched.causes.with(active), latched.first);
      case Latched _ when released -> OPEN;
      case Latched latched -> latched;
    };
  }

  /** All causes seen since the lock was last open. */
  default Causes seen() {
    return switch (this) {
      case Open _ -> Causes.NONE;
      case Tripped tripped -> tripped.causes;
      case Latched latched -> latched.causes;
    };
  }
}
