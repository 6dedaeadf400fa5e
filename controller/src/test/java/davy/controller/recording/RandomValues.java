package davy.controller.recording;

import davy.controller.interlock.Cause;
import davy.controller.interlock.Causes;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** Any value of a plain type, by chance; what it can't make it does not know how to record. */
final class RandomValues {

  private static final List<String> TEXTS = List.of("", "张三", "T1 \"x\"\\", "line\nbreak", "=41");

  private final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  <T> T of(Class<T> type) {
    return type.cast(any(type));
  }

  private Object any(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type of = generic.getActualTypeArguments()[0];
      return switch (((Class<?>) generic.getRawType()).getSimpleName()) {
        case "List" -> list(of);
        case "Optional" -> random.nextBoolean() ? Optional.of(any(of)) : Optional.empty();
        default -> throw new IllegalArgumentException(type.toString());
      };
    }
    Class<?> plain = (Class<?>) type;
    if (plain == Causes.class) {
      return new Causes(random.nextInt(1 << Cause.values().length));
    }
    return switch (plain.getName()) {
      case "int" -> random.nextInt();
      case "long", "java.lang.Long" -> random.nextLong();
      case "java.lang.Integer" -> random.nextInt();
      case "boolean" -> random.nextBoolean();
      case "java.lang.String" -> TEXTS.get(random.nextInt(TEXTS.size()));
      case "java.util.OptionalInt" ->
          random.nextBoolean() ? OptionalInt.of(random.nextInt()) : OptionalInt.empty();
      default -> value(plain);
    };
  }

  private List<Object> list(Type of) {
    List<Object> items = new ArrayList<>();
    for (int item = random.nextInt(4); item > 0; item--) {
      items.add(any(of));
    }
    return items;
  }

  private Object value(Class<?> type) {
    if (type.isEnum()) {
      return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
    }
    if (type.isSealed()) {
      Class<?>[] kinds = type.getPermittedSubclasses();
      return any(kinds[random.nextInt(kinds.length)]);
    }
    Class<?>[] types =
        Arrays.stream(type.getDeclaredFields())
            .filter(field -> !Modifier.isStatic(field.getModifiers()))
            .map(Field::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> made = type.getDeclaredConstructor(types);
      made.setAccessible(true);
      return made.newInstance(
          Arrays.stream(type.getDeclaredFields())
              .filter(field -> !Modifier.isStatic(field.getModifiers()))
              .map(field -> any(field.getGenericType()))
              .toArray());
    } catch (ReflectiveOperationException unlike) {
      throw new IllegalArgumentException(type + " can't be made", unlike);
    }
  }
}
