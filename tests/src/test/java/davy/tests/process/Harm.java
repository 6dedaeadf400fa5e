package davy.tests.process;

import davy.bridge.guard.Guard;
import davy.bridge.guard.ScanReport;
import davy.hal.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A Java agent that harms the running interlock from within: its scan throws, is slow or never
 * ends, the thread of a line hangs, a timer answers the guard in the scan's place and waits for no
 * window, its memory runs out. So the program itself needs no seam for it. Words come over standard
 * input, one line each; to each it answers "harmed NANOS".
 */
public final class Harm {

  private static final ClassDesc SELF = ClassDesc.of(Harm.class.getName());
  private static final ClassDesc ANY = ConstantDescs.CD_Object;
  private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);
  private static final MethodTypeDesc ONE = MethodTypeDesc.of(ConstantDescs.CD_void, ANY);
  private static final MethodTypeDesc TWO = MethodTypeDesc.of(ConstantDescs.CD_void, ANY, ANY);
  private static final MethodTypeDesc SAME =
      MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_long);
  private static final long LOOK_NANOS = 1_000_000L;
  private static final int BLOCK = 1 << 20;

  /** Opens each window at once. */
  private static final long NO_MARGIN_NANOS = -1_000_000_000L;

  private static volatile String scan = "well";
  private static final AtomicBoolean HANGING = new AtomicBoolean();
  private static volatile boolean lineHangs;
  private static volatile boolean timer;
  private static volatile Optional<Told> lastReport = Optional.empty();

  private record Told(Guard link, ScanReport report) {}

  private Harm() {}

  public static void premain(String arguments, Instrumentation tools) {
    tools.addTransformer(new Hooks());
    Thread.ofPlatform().daemon().name("harm").start(Harm::listen);
  }

  private static void listen() {
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println("harmed " + System.nanoTime());
        obey(line);
      }
    } catch (IOException _) {
      // The test has ended, and soon this process.
    }
  }

  private static void obey(String words) {
    switch (words) {
      case "line hangs" -> lineHangs = true;
      case "line well" -> lineHangs = false;
      case "timer answers" -> {
        timer = true;
        Thread.ofPlatform().daemon().name("timer").start(Harm::answer);
      }
      case "timer well" -> timer = false;
      case "memory" -> {
        List<byte[]> all = new ArrayList<>();
        while (all.size() >= 0) {
          all.add(new byte[BLOCK]);
        }
      }
      default -> scan = words.replace("scan ", "");
    }
  }

  /** Called at the begin of every scan. */
  public static void scan() {
    switch (scan) {
      case "throws" -> throw new IllegalStateException("a scan made to throw");
      case "loops" -> {
        while (scan.equals("loops")) {
          Thread.onSpinWait();
        }
      }
      case "slow" -> stand(450_000_000L);
      case "sluggish" -> stand(120_000_000L);
      default -> {}
    }
  }

  /** A wake does not shorten it. */
  private static void stand(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  /** Called at the begin of every duty of a line's thread: the first one that comes hangs. */
  public static void line(Object poller) {
    if (lineHangs && HANGING.compareAndSet(false, true)) {
      while (lineHangs) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      HANGING.set(false);
    }
  }

  /** Called at the begin of every report to the guard's link. */
  public static void report(Object link, Object report) {
    if (!timer) {
      lastReport = Optional.of(new Told((Guard) link, (ScanReport) report));
    }
  }

  /** Says what the last scan said, as if each millisecond were one. */
  private static void answer() {
    Told told = lastReport.orElseThrow();
    ScanReport last = told.report();
    for (long scan = last.scan() + 1; timer; scan++) {
      told.link()
          .report(
              new ScanReport(
                  Clock.SYSTEM.now(),
                  scan,
                  last.image(),
                  last.granting(),
                  last.oldestAgeNanos(),
                  last.rollCall(),
                  last.siteDigest()));
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Called with what the link stays behind the opening of a window. */
  public static long margin(long nanos) {
    return timer ? NO_MARGIN_NANOS : nanos;
  }

  private static final class Hooks implements ClassFileTransformer {
    @Override
    public byte[] transform(
        ClassLoader loader, String name, Class<?> old, ProtectionDomain domain, byte[] bytes) {
      return switch (name) {
        case "davy/controller/scan/Scan" ->
            hooked(bytes, "pass", code -> code.invokestatic(SELF, "scan", NOTHING));
        case "davy/bridge/modbus/BusPoller" ->
            hooked(bytes, "work", code -> code.aload(0).invokestatic(SELF, "line", ONE));
        case "davy/bridge/guard/Guard" ->
            hooked(
                bytes, "report", code -> code.aload(0).aload(1).invokestatic(SELF, "report", TWO));
        case "davy/bridge/guard/GuardMemory" ->
            hooked(
                bytes,
                "question",
                code -> code.lload(2).invokestatic(SELF, "margin", SAME).lstore(2));
        default -> bytes;
      };
    }

    /** The class with these instructions at the begin of a method. */
    private static byte[] hooked(byte[] bytes, String method, Consumer<CodeBuilder> first) {
      ClassFile file = ClassFile.of();
      CodeTransform hook =
          new CodeTransform() {
            @Override
            public void atStart(CodeBuilder code) {
              first.accept(code);
            }

            @Override
            public void accept(CodeBuilder code, CodeElement element) {
              code.with(element);
            }
          };
      return file.transformClass(
          file.parse(bytes),
          ClassTransform.transformingMethodBodies(
              model -> model.methodName().equalsString(method), hook));
    }
  }
}
