import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Servers behind a load balancer, event by event: how often a picture is at hand, how often one is
 * made that another server has or makes, and what Redis is asked. The same seed, the same figures.
 * Arguments: name=value, as {@link Settings} has them, and numbers of servers.
 */
final class ClusterSimulation {

  /** Of commands to Redis, as RedisCacheStore, RedisKeyLeases and the heartbeat send them. */
  private static final int FIND = 1;

  /**
   * Beside the first look: revocation, take, look again, then four times revocation around upload
   * and note, SET and ZADD, give back.
   */
  private static final int GENERATION = 10;

  /** Beside the first look and the questions: revocation, look again, give back. */
  private static final int WAIT = 3;

  private static final double BEATS_A_SECOND = 2;
  private static final double SECONDS_TO_RENEWAL = 2;
  private static final double SECONDS_TO_EXPIRY = 10;
  private static final double SECONDS_TO_QUESTION = 0.1;

  private enum Way {
    FILES("each for itself"),
    REDIS("as one");

    private final String label;

    Way(String label) {
      this.label = label;
    }
  }

  private enum Balancer {
    HASHING("hashing"),
    ROUND_ROBIN("round robin");

    private final String label;

    Balancer(String label) {
      this.label = label;
    }
  }

  private enum Kind {
    AGAIN,
    DONE,
    WAITED,
    LEAVE,
    JOIN
  }

  private record Event(double time, Kind kind, int node, Flight flight) {}

  private record Flight(int node, long key, int prompt, double end, Set<Integer> waiting) {}

  /** Set by name=value. */
  private record Settings(Map<String, Double> values) {
    double of(String name) {
      return values.get(name);
    }
  }

  private final Settings settings;
  private final int nodes;
  private final Way way;
  private final Balancer balancer;
  private final SplittableRandom arrivals;
  private final SplittableRandom paintings;
  private final SplittableRandom changes;
  private final double[] popularity;
  private final HashRing ring;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::time));
  private final Map<Long, Flight> underWay = new HashMap<>();
  private final KeySet kept = new KeySet();
  private final KeySet made = new KeySet();
  private final boolean[] away;
  private final int[] disk;
  private final int[] waiting;
  private int disks;
  private int turn;
  private double now;
  private long requests;
  private long hits;
  private long waits;
  private long generations;
  private long duplicates;
  private long commands;

  private ClusterSimulation(
      Settings settings, int nodes, Way way, Balancer balancer, double[] popularity) {
    var seeds = new SplittableRandom((long) settings.of("seed"));
    this.settings = settings;
    this.nodes = nodes;
    this.way = way;
    this.balancer = balancer;
    this.popularity = popularity;
    this.arrivals = seeds.split();
    this.paintings = seeds.split();
    this.changes = seeds.split();
    this.away = new boolean[nodes];
    this.waiting = new int[nodes];
    this.disk = new int[nodes];
    for (; disks < nodes; disks++) {
      disk[disks] = disks;
      leaveSometime(disks);
    }
    this.ring = new HashRing(nodes, (int) settings.of("points"));
  }

  static void main(String[] args) {
    var values = new HashMap<String, Double>();
    var sizes = new ArrayList<Integer>();
    for (var arg : args) {
      var pair = arg.split("=", 2);
      if (pair.length == 2) {
        values.put(pair[0], Double.valueOf(pair[1]));
      } else {
        sizes.add(Integer.valueOf(arg));
      }
    }
    System.out.printf(
        "%7s %-15s %-11s %7s %7s %12s %11s %7s %8s%n",
        "servers",
        "way",
        "balancer",
        "hits",
        "waited",
        "made/hour",
        "twice/hour",
        "copies",
        "Redis/s");
    var settings = new Settings(values);
    for (var nodes : sizes) {
      var popularity = zipf(nodes * (int) settings.of("prompts"), settings.of("zipf"));
      for (var way : Way.values()) {
        for (var balancer : Balancer.values()) {
          new ClusterSimulation(settings, nodes, way, balancer, popularity).run();
        }
      }
    }
  }

  /** Sums of how often each prompt is asked for, up to 1. */
  private static double[] zipf(int prompts, double exponent) {
    var sums = new double[prompts];
    var sum = 0.0;
    for (var i = 0; i < prompts; i++) {
      sum += Math.pow(i + 1, -exponent);
      sums[i] = sum;
    }
    for (var i = 0; i < prompts; i++) {
      sums[i] /= sum;
    }
    return sums;
  }

  private void run() {
    var warm = settings.of("warmup");
    advance(warm);
    requests = hits = waits = generations = duplicates = commands = 0;
    advance(warm + settings.of("measured"));
    var hours = settings.of("measured") / 3600;
    System.out.printf(
        Locale.ROOT,
        "%7d %-15s %-11s %6.1f%% %6.1f%% %12.0f %11.0f %7.2f %8s%n",
        nodes,
        way.label,
        balancer.label,
        100.0 * hits / requests,
        100.0 * waits / requests,
        generations / hours,
        duplicates / hours,
        (double) kept.size() / made.size(),
        way == Way.FILES
            ? "-"
            : "%.0f".formatted(commands / hours / 3600 + BEATS_A_SECOND * nodes));
  }

  private void advance(double end) {
    var rate = nodes * settings.of("rate");
    while (now < end) {
      now += -Math.log(1 - arrivals.nextDouble()) / rate;
      while (events.peek().time() <= now) {
        happen(events.poll());
      }
      var found = Arrays.binarySearch(popularity, arrivals.nextDouble());
      request(found < 0 ? -found - 1 : found);
    }
  }

  private void happen(Event event) {
    var node = event.node();
    var flight = event.flight();
    switch (event.kind()) {
      case AGAIN -> request(flight.prompt());
      case DONE -> {
        // of a server that has died meanwhile, nothing is left
        if (underWay.remove(flight.key(), flight)) {
          kept.add(flight.key());
        }
      }
      case WAITED -> waiting[node]--;
      case LEAVE -> leave(node, event.time());
      case JOIN -> {
        away[node] = false;
        if (changes.nextDouble() < settings.of("empty")) {
          disk[node] = disks++;
        }
        leaveSometime(node);
      }
    }
  }

  private void leaveSometime(int node) {
    var stay = -Math.log(1 - changes.nextDouble()) * settings.of("stay");
    events.add(new Event(now + stay, Kind.LEAVE, node, null));
  }

  private void leave(int node, double time) {
    away[node] = true;
    events.add(new Event(time + settings.of("away"), Kind.JOIN, node, null));
    if (changes.nextDouble() >= settings.of("crashes")) {
      return;
    }
    var lost = underWay.values().stream().filter(flight -> flight.node() == node).toList();
    for (var flight : lost) {
      underWay.remove(flight.key());
      var again = way == Way.FILES ? 0 : SECONDS_TO_EXPIRY;
      events.add(new Event(time + again, Kind.AGAIN, node, flight));
    }
  }

  private void request(int prompt) {
    var node = pick(prompt);
    var key = way == Way.FILES ? ((long) disk[node] << 32) | prompt : prompt;
    requests++;
    commands += FIND;
    if (kept.contains(key)) {
      hits++;
      return;
    }
    var flight = underWay.get(key);
    if (flight == null) {
      begin(node, key, prompt);
      return;
    }
    waits++;
    if (flight.node() != node && flight.waiting().add(node)) {
      await(node, flight);
    }
  }

  private void begin(int node, long key, int prompt) {
    generations++;
    if (!made.add(prompt)) {
      duplicates++;
    }
    var seconds =
        settings.of("median") * Math.exp(settings.of("spread") * paintings.nextGaussian());
    var flight = new Flight(node, key, prompt, now + seconds, new HashSet<>());
    underWay.put(key, flight);
    commands += GENERATION + (long) (seconds / SECONDS_TO_RENEWAL);
    events.add(new Event(flight.end(), Kind.DONE, node, flight));
  }

  /** A server asks for the lease of another's picture until that is there. */
  private void await(int node, Flight flight) {
    waiting[node]++;
    var pause = Math.max(SECONDS_TO_QUESTION, waiting[node] / 1000.0);
    commands += WAIT + 1 + (long) ((flight.end() - now) / pause);
    events.add(new Event(flight.end(), Kind.WAITED, node, flight));
  }

  private int pick(int prompt) {
    if (balancer == Balancer.ROUND_ROBIN) {
      do {
        turn = (turn + 1) % nodes;
      } while (away[turn]);
      return turn;
    }
    return ring.owner(prompt, away);
  }
}
