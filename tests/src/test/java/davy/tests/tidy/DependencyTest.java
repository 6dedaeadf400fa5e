package davy.tests.tidy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who may know whom, read from the compiled classes. */
final class DependencyTest {

  /** The seam's rules of hal are on the class path too, and they are tests. */
  private static final JavaClasses DAVY =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("-tests.jar"))
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("davy.hal", "davy.bridge", "davy.controller");

  /** What opens a network socket or belongs to people; a unix domain socket is neither. */
  private static final Pattern NETWORK =
      Pattern.compile(
          "org\\.eclipse\\.paho\\..*|picocli\\..*|com\\.sun\\.net\\.httpserver\\..*"
              + "|java\\.net\\.http\\..*|javax\\.net\\..*"
              + "|java\\.net\\.(Inet.*|(Server|Datagram|Multicast)?Socket.*|URL|URLConnection)"
              + "|java\\.nio\\.channels\\.(Datagram|Asynchronous).*");

  @Test
  void whatDecidesKnowsSignalsAndNothingElse() {
    for (String pure : List.of("davy.controller.interlock", "davy.controller.alarm")) {
      classes()
          .that()
          .resideInAPackage(pure)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              pure,
              "davy.hal.signal",
              "java.lang",
              "java.lang.runtime",
              "java.lang.invoke",
              "java.util",
              "java.util.function",
              "java.util.stream",
              "java.time")
          .allowEmptyShould(true)
          .check(DAVY);
    }
    noClasses()
        .that()
        .resideInAPackage("davy.controller.interlock")
        .should()
        .callMethodWhere(
            describe(
                "it reads a clock or chance",
                call ->
                    call.getTarget()
                        .getFullName()
                        .matches(
                            "java\\.lang\\.(System\\.(nanoTime|currentTimeMillis)|Math\\.random"
                                + "|Thread\\.).*|java\\.time\\..*\\.now.*")))
        .check(DAVY);
  }

  @Test
  void onlyCompositionRootsKnowTheSimulation() {
    noClasses()
        .that(
            outside("davy.hal.sim", "davy.bridge.sim", "davy.controller.demo")
                .and(not("davy.controller.DemoMain")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("davy.hal.sim..", "davy.bridge.sim..", "davy.controller.demo..")
        .check(DAVY);
    noClasses()
        .that(
            outside("davy.hal.pi", "davy.controller.doctor")
                .and(not("davy.controller.InterlockMain")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("davy.hal.pi..")
        .check(DAVY);
  }

  @Test
  void modulesPointOneWay() {
    noClasses()
        .that()
        .resideInAPackage("davy.hal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("davy.bridge..", "davy.controller..")
        .check(DAVY);
    noClasses()
        .that()
        .resideInAPackage("davy.bridge..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("davy.controller..")
        .check(DAVY);
  }

  @Test
  void thePackagesOfTheControllerHaveNoCycle() {
    slices().matching("davy.controller.(*)..").should().beFreeOfCycles().check(DAVY);
  }

  @Test
  void nothingTheInterlockReachesCanOpenANetworkSocket() {
    Set<JavaClass> reached = new HashSet<>();
    var complaints = new ArrayList<String>();
    var waiting = new ArrayDeque<>(DAVY.stream().filter(c -> isInterlockRoot(c)).toList());
    assertTrue(waiting.size() > 10, "the interlock's classes were not found");
    while (!waiting.isEmpty()) {
      JavaClass type = waiting.remove();
      if (!reached.add(type)) {
        continue;
      }
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass();
        if (NETWORK.matcher(target.getName()).matches()) {
          complaints.add(dependency.getDescription());
        } else if (target.getPackageName().startsWith("davy.") && DAVY.contain(target.getName())) {
          waiting.add(target);
        }
      }
    }
    SourceTree.assertNone(complaints);
  }

  private static boolean isInterlockRoot(JavaClass type) {
    return type.getName().equals("davy.controller.InterlockMain")
        || type.getPackageName()
            .matches("davy\\.controller\\.(interlock|alarm|scan)|davy\\.bridge\\.(modbus|serial)");
  }

  private static DescribedPredicate<JavaClass> outside(String... packages) {
    return describe(
        "outside of " + List.of(packages),
        type -> List.of(packages).stream().noneMatch(p -> isIn(type.getPackageName(), p)));
  }

  private static boolean isIn(String name, String parent) {
    return name.equals(parent) || name.startsWith(parent + ".");
  }

  /** Not the class of this name nor one nested in it. */
  private static DescribedPredicate<JavaClass> not(String name) {
    return describe(
        "not " + name,
        type -> !type.getName().equals(name) && !type.getName().startsWith(name + "$"));
  }
}
