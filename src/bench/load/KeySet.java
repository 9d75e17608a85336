import java.util.Arrays;

/** Numbers but -1, by the ten million. */
final class KeySet {

  private static final long FREE = -1;

  private long[] slots = new long[1 << 16];
  private int size;

  KeySet() {
    Arrays.fill(slots, FREE);
  }

  int size() {
    return size;
  }

  boolean contains(long key) {
    return slots[place(key)] == key;
  }

  /** Whether it was not there. */
  boolean add(long key) {
    var place = place(key);
    if (slots[place] == key) {
      return false;
    }
    slots[place] = key;
    size++;
    if (size > slots.length / 2) {
      grow();
    }
    return true;
  }

  private void grow() {
    var before = slots;
    slots = new long[before.length * 2];
    Arrays.fill(slots, FREE);
    for (var key : before) {
      if (key != FREE) {
        slots[place(key)] = key;
      }
    }
  }

  /** Where it is, or would be. */
  private int place(long key) {
    var place = (int) (key * 0x9e3779b97f4a7c15L >>> 32) & (slots.length - 1);
    while (slots[place] != FREE && slots[place] != key) {
      place = (place + 1) & (slots.length - 1);
    }
    return place;
  }
}
