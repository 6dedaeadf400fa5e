package davy.tests.tidy;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import davy.tests.tidy.SourceTree.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.type.TypeKind;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Rules on the syntax tree, by the JDK's own parser; nothing is compiled. */
final class JavaRules extends TreePathScanner<Void, Void> {

  private static final int METHOD_LINES = 40;

  /** Out of service is no service: it is a state of an alarm (ISA-18.2). */
  private static final Pattern BANNED_NAME =
      Pattern.compile(".*(Impl|Manager|Helper|Utils?|(?<!OutOf|BackIn)Service)");

  private static final Pattern GETTER = Pattern.compile("get[A-Z].*");
  private static final Pattern I_PREFIX = Pattern.compile("I[A-Z][a-z].*");

  /** Packages that decide: whole numbers, no null, every case thought through. */
  private static final Pattern PURE =
      Pattern.compile("controller/src/main/java/davy/controller/(interlock|alarm)/.*");

  private final String name;
  private final boolean pure;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;
  private final List<String> complaints = new ArrayList<>();

  private JavaRules(String name, CompilationUnitTree unit, SourcePositions positions) {
    this.name = name;
    this.pure = PURE.matcher(name).matches();
    this.unit = unit;
    this.positions = positions;
  }

  static List<String> check(List<SourceFile> files) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var sources = files.stream().map(Source::new).toList();
    var task = (JavacTask) compiler.getTask(null, null, _ -> {}, null, null, sources);
    var complaints = new ArrayList<String>();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        String name = unit.getSourceFile().toUri().getPath().substring(1);
        var rules = new JavaRules(name, unit, Trees.instance(task).getSourcePositions());
        rules.scan(unit, null);
        complaints.addAll(rules.complaints);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return complaints;
  }

  @Override
  public Void visitClass(ClassTree tree, Void none) {
    String type = tree.getSimpleName().toString();
    if (BANNED_NAME.matcher(type).matches()) {
      complain(tree, type + " says what it is for the compiler, not what it does");
    }
    if (tree.getKind() == Tree.Kind.INTERFACE && I_PREFIX.matcher(type).matches()) {
      complain(tree, type + ": an interface has a plain name");
    }
    return super.visitClass(tree, none);
  }

  @Override
  public Void visitMethod(MethodTree tree, Void none) {
    long first = line(positions.getStartPosition(unit, tree));
    long lines = line(positions.getEndPosition(unit, tree)) - first + 1;
    if (lines > METHOD_LINES) {
      complain(tree, tree.getName() + " has " + lines + " lines, at most " + METHOD_LINES);
    }
    if (GETTER.matcher(tree.getName()).matches() && !isOverride(tree)) {
      complain(tree, tree.getName() + ": a value is named by a noun, without get");
    }
    return super.visitMethod(tree, none);
  }

  @Override
  public Void visitPrimitiveType(PrimitiveTypeTree tree, Void none) {
    TypeKind kind = tree.getPrimitiveTypeKind();
    if (pure && (kind == TypeKind.DOUBLE || kind == TypeKind.FLOAT)) {
      complain(tree, "no floating point where it is decided");
    }
    return super.visitPrimitiveType(tree, none);
  }

  @Override
  public Void visitCase(CaseTree tree, Void none) {
    boolean isDefault =
        tree.getLabels().stream()
            .anyMatch(label -> label.getKind() == Tree.Kind.DEFAULT_CASE_LABEL);
    if (pure && isDefault) {
      complain(tree, "no default: a new case must not compile until it is thought through");
    }
    return super.visitCase(tree, none);
  }

  @Override
  public Void visitLiteral(LiteralTree tree, Void none) {
    Object value = tree.getValue();
    if (pure && tree.getKind() == Tree.Kind.NULL_LITERAL) {
      complain(tree, "no null where it is decided");
    } else if (pure && (value instanceof Double || value instanceof Float)) {
      complain(tree, "no floating point where it is decided");
    } else if (pure && value instanceof Number number && number.longValue() >= 10 && !mayStand()) {
      complain(tree, "a limit comes from the profile; only a named time may stand here");
    }
    return super.visitLiteral(tree, none);
  }

  /** Is the literal the value of a constant that says it is a time, or part of a hash? */
  private boolean mayStand() {
    for (Tree tree : getCurrentPath()) {
      if (tree instanceof MethodTree method) {
        return method.getName().contentEquals("hashCode");
      }
      if (tree instanceof VariableTree variable) {
        return variable.getName().toString().matches("[A-Z_]+_(NANOS|MILLIS)");
      }
    }
    return false;
  }

  private static boolean isOverride(MethodTree tree) {
    return tree.getModifiers().getAnnotations().stream()
        .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
  }

  private void complain(Tree tree, String rule) {
    complaints.add(name + ":" + line(positions.getStartPosition(unit, tree)) + ": " + rule);
  }

  private long line(long position) {
    return unit.getLineMap().getLineNumber(position);
  }

  /** A text for the compiler's parser. */
  private static final class Source extends SimpleJavaFileObject {

    private final SourceFile file;

    Source(SourceFile file) {
      super(URI.create("string:///" + file.name()), JavaFileObject.Kind.SOURCE);
      this.file = file;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return file.text();
    }
  }
}
