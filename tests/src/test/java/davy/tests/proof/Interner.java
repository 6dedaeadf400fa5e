package davy.tests.proof;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps states small: each part of a state and of a watch is numbered once, a state is a short row
 * of numbers. Exact: no state is ever taken for another. It looks at the fields themselves, so that
 * a part added tomorrow is kept apart as well.
 */
final class Interner {

  private final Map<Object, Integer> parts = new HashMap<>();
  private final Map<Class<?>, Field[]> fields = new HashMap<>();
  private int[] row = new int[64];
  private int length;
  private int[] rows = new int[1 << 16];
  private int[] ends = new int[1 << 12];
  private int[] table = new int[1 << 14];
  private int size;

  /** How many different things were numbered. */
  int size() {
    return size;
  }

  /** The number of this pair; −1 − number where it is new. */
  int number(Object first, Object second) {
    length = 0;
    add(first);
    add(second);
    int slot = Arrays.hashCode(Arrays.copyOf(row, length)) & table.length - 1;
    while (table[slot] != 0) {
      if (same(table[slot] - 1)) {
        return table[slot] - 1;
      }
      slot = slot + 1 & table.length - 1;
    }
    table[slot] = ++size;
    store();
    if (size > table.length / 2) {
      grow();
    }
    return -size;
  }

  private void add(Object whole) {
    for (Field field : fields.computeIfAbsent(whole.getClass(), Interner::fieldsOf)) {
      try {
        Object part = field.get(whole);
        if (part instanceof List<?> list) {
          put(list.size());
          list.forEach(element -> put(numberOf(element)));
        } else {
          put(numberOf(part));
        }
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static Field[] fieldsOf(Class<?> type) {
    List<Field> own = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        own.add(field);
      }
    }
    return own.toArray(Field[]::new);
  }

  private int numberOf(Object part) {
    Integer number = parts.get(part);
    if (number == null) {
      number = parts.size();
      parts.put(part, number);
    }
    return number;
  }

  private void put(int number) {
    if (length == row.length) {
      row = Arrays.copyOf(row, 2 * length);
    }
    row[length++] = number;
  }

  private boolean same(int index) {
    int from = index == 0 ? 0 : ends[index - 1];
    return Arrays.equals(rows, from, ends[index], row, 0, length);
  }

  private void store() {
    int from = size == 1 ? 0 : ends[size - 2];
    if (from + length > rows.length) {
      rows = Arrays.copyOf(rows, 2 * rows.length);
    }
    if (size > ends.length) {
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    System.arraycopy(row, 0, rows, from, length);
    ends[size - 1] = from + length;
  }

  private void grow() {
    table = new int[2 * table.length];
    for (int index = 0; index < size; index++) {
      int from = index == 0 ? 0 : ends[index - 1];
      int slot = Arrays.hashCode(Arrays.copyOfRange(rows, from, ends[index])) & table.length - 1;
      while (table[slot] != 0) {
        slot = slot + 1 & table.length - 1;
      }
      table[slot] = index + 1;
    }
  }
}
