import java.util.Arrays;

/** Consistent hashing: every server has many points on a ring, and what lies before them. */
final class HashRing {

  /** Of a point, the low bits tell whose it is. */
  private static final long OWNER = 0xffff;

  private final long[] points;

  HashRing(int servers, int pointsEach) {
    points = new long[servers * pointsEach];
    for (var i = 0; i < points.length; i++) {
      points[i] = (mixed(i + 1L) & ~OWNER) | (i / pointsEach);
    }
    Arrays.sort(points);
  }

  /** The next server on the ring that is not away. */
  int owner(int key, boolean[] away) {
    var found = Arrays.binarySearch(points, mixed(-1L - key));
    var next = found < 0 ? -found - 1 : found;
    while (true) {
      var owner = (int) (points[next++ % points.length] & OWNER);
      if (!away[owner]) {
        return owner;
      }
    }
  }

  /** SplitMix64's last step. */
  private static long mixed(long number) {
    var z = number * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
