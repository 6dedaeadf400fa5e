package davy.tests.process;

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
import java.util.concurrent.locks.LockSupport;

/**
 * A Java agent that harms the running interlock from within: its scan throws, is slow or never
 * ends, the thread of a line hangs, its memory runs out. So the program itself needs no seam for
 * it. Words come over standard input, one line each; to each it answers "harmed NANOS".
 */
public final class Harm {

  private static final ClassDesc SELF = ClassDesc.of(Harm.class.getName());
  private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);
  private static final long LOOK_NANOS = 1_000_000L;
  private static final int BLOCK = 1 << 20;

  private static volatile String scan = "well";
  private static volatile boolean linesHang;

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
      case "lines hang" -> linesHang = true;
      case "lines well" -> linesHang = false;
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

  /** Called at the begin of every duty of a line's thread. */
  public static void line(Object poller) {
    while (linesHang) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static final class Hooks implements ClassFileTransformer {
    @Override
    public byte[] transform(
        ClassLoader loader, String name, Class<?> old, ProtectionDomain domain, byte[] bytes) {
      return switch (name) {
        case "davy/controller/scan/Scan" -> hooked(bytes, "pass", false);
        case "davy/bridge/modbus/BusPoller" -> hooked(bytes, "work", true);
        default -> bytes;
      };
    }

    private static byte[] hooked(byte[] bytes, String method, boolean line) {
      ClassFile file = ClassFile.of();
      CodeTransform hook =
          new CodeTransform() {
            @Override
            public void atStart(CodeBuilder code) {
              if (line) {
                code.aload(0)
                    .invokestatic(
                        SELF,
                        "line",
                        MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object));
              } else {
                code.invokestatic(SELF, "scan", NOTHING);
              }
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
