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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes a plain value as JSON and reads it back: records, enums, sealed interfaces of records,
 * lists, optionals, texts, whole numbers, flags. The type alone says how, so that a plan with a new
 * part needs no new line here; a part of any other type is a defect that a test finds.
 *
 * <p>A record, or a final class with fields and a constructor of the same types in the same order,
 * is an object of its parts, an absent part being absent; a record of one number is that number.
 * One kind of a sealed interface names itself in {@code is}. Causes are a list of names.
 */
public final class ValueJson {

  private static final String KIND = "is";

  /** What was written is of another version than what reads it. */
  public static final class Unlike extends Exception {
    private static final long serialVersionUID = 1L;

    public Unlike(String message) {
      super(message);
    }
  }

  private ValueJson() {}

  /** The value as a text, a number, a flag, a list or a map. */
  public static Object write(Object value) {
    return switch (value) {
      case String text -> text;
      case Boolean flag -> flag;
      case Integer number -> (long) number;
      case Long number -> number;
      case Enum<?> word -> word.name();
      case Causes causes -> causes.list().stream().map(Enum::name).toList();
      case List<?> list -> list.stream().map(ValueJson::write).toList();
      default -> parts(value);
    };
  }

  private static Object parts(Object value) {
    List<Field> fields = fields(value.getClass());
    if (isNumber(value.getClass(), fields)) {
      return write(part(fields.getFirst(), value));
    }
    Map<String, Object> parts = new LinkedHashMap<>();
    if (isKind(value.getClass())) {
      if (fields.isEmpty()) {
        return value.getClass().getSimpleName();
      }
      parts.put(KIND, value.getClass().getSimpleName());
    }
    for (Field field : fields) {
      present(part(field, value)).ifPresent(part -> parts.put(field.getName(), write(part)));
    }
    return parts;
  }

  private static Optional<Object> present(Object part) {
    return switch (part) {
      case Optional<?> some -> some.map(Object.class::cast);
      case OptionalInt some -> some.isPresent() ? Optional.of(some.getAsInt()) : Optional.empty();
      default -> Optional.of(part);
    };
  }

  /**
   * @throws Unlike saying which part is missing or of another kind
   */
  public static <T> T read(Class<T> type, Object json) throws Unlike {
    return type.cast(value(type, json));
  }

  private static Object value(Type type, Object json) throws Unlike {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      List<Object> items = new ArrayList<>();
      for (Object item : as(List.class, json, type)) {
        items.add(value(list.getActualTypeArguments()[0], item));
      }
      return List.copyOf(items);
    }
    if (!(type instanceof Class<?> plain)) {
      throw new IllegalArgumentException("not recordable: " + type);
    }
    if (plain == String.class) {
      return as(String.class, json, type);
    } else if (plain == boolean.class) {
      return as(Boolean.class, json, type);
    } else if (plain == long.class || plain == Long.class) {
      return as(Long.class, json, type);
    } else if (plain == int.class || plain == Integer.class) {
      return Math.toIntExact(as(Long.class, json, type));
    } else if (plain == Causes.class) {
      return causes(as(List.class, json, type));
    }
    return plain.isEnum() ? word(plain, json) : whole(plain, json);
  }

  private static <T> T as(Class<T> wanted, Object json, Type type) throws Unlike {
    if (!wanted.isInstance(json)) {
      throw new Unlike(type.getTypeName() + " is written otherwise: " + json);
    }
    return wanted.cast(json);
  }

  private static Causes causes(List<?> names) throws Unlike {
    Causes causes = Causes.NONE;
    for (Object name : names) {
      causes = causes.with((Cause) word(Cause.class, name));
    }
    return causes;
  }

  private static Object word(Class<?> type, Object json) throws Unlike {
    return Arrays.stream(type.getEnumConstants())
        .filter(word -> ((Enum<?>) word).name().equals(json))
        .findFirst()
        .orElseThrow(() -> new Unlike(type.getSimpleName() + " knows no " + json));
  }

  private static Object whole(Class<?> type, Object json) throws Unlike {
    if (type.isSealed()) {
      Object kind = json instanceof Map<?, ?> parts ? parts.get(KIND) : json;
      return whole(kind(type, kind), json);
    }
    List<Field> fields = fields(type);
    List<Object> parts = new ArrayList<>();
    if (isNumber(type, fields)) {
      parts.add(value(fields.getFirst().getType(), json));
    } else if (!fields.isEmpty()) {
      Map<?, ?> named = as(Map.class, json, type);
      for (Field field : fields) {
        parts.add(part(type, field, Optional.ofNullable(named.get(field.getName()))));
      }
    }
    return make(type, fields, parts);
  }

  private static Class<?> kind(Class<?> sealed, Object name) throws Unlike {
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        for (Class<?> below : permitted.getPermittedSubclasses()) {
          if (below.getSimpleName().equals(name)) {
            return below;
          }
        }
      } else if (permitted.getSimpleName().equals(name)) {
        return permitted;
      }
    }
    throw new Unlike(sealed.getSimpleName() + " knows no " + name);
  }

  private static Object part(Class<?> owner, Field field, Optional<Object> json) throws Unlike {
    Type type = field.getGenericType();
    if (type == OptionalInt.class) {
      return json.isPresent()
          ? OptionalInt.of((int) value(int.class, json.get()))
          : OptionalInt.empty();
    }
    if (type instanceof ParameterizedType some && some.getRawType() == Optional.class) {
      return json.isPresent()
          ? Optional.of(value(some.getActualTypeArguments()[0], json.get()))
          : Optional.empty();
    }
    if (json.isEmpty()) {
      throw new Unlike(owner.getSimpleName() + " was written without " + field.getName());
    }
    return value(type, json.get());
  }

  private static boolean isKind(Class<?> type) {
    return Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
  }

  private static boolean isNumber(Class<?> type, List<Field> fields) {
    return !isKind(type)
        && fields.size() == 1
        && (fields.getFirst().getType() == int.class || fields.getFirst().getType() == long.class);
  }

  private static List<Field> fields(Class<?> type) {
    if (!Modifier.isFinal(type.getModifiers()) || type.getPackageName().startsWith("java")) {
      throw new IllegalArgumentException("not recordable: " + type);
    }
    return Arrays.stream(type.getDeclaredFields())
        .filter(field -> !Modifier.isStatic(field.getModifiers()))
        .toList();
  }

  private static Object part(Field field, Object value) {
    try {
      field.setAccessible(true);
      return field.get(value);
    } catch (IllegalAccessException refused) {
      throw new IllegalStateException(refused);
    }
  }

  private static Object make(Class<?> type, List<Field> fields, List<Object> parts) throws Unlike {
    Class<?>[] types = fields.stream().map(Field::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(parts.toArray());
    } catch (NoSuchMethodException missing) {
      throw new IllegalArgumentException("not recordable: " + type, missing);
    } catch (ReflectiveOperationException failed) {
      throw new Unlike(type.getSimpleName() + " does not take what was written: " + failed);
    }
  }
}
