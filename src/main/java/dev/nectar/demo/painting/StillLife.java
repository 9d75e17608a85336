package dev.nectar.demo.painting;

import java.util.List;
import java.util.random.RandomGenerator;

/** Fruit on a wooden table by a window: rays from the eye, marched up to what they meet. */
final class StillLife implements Canvas.Scene {

  /** A table and the wall behind it, in linear light. */
  private record Room(Rgb wall, Rgb wood) {

    static Room of(int wall, int wood) {
      return new Room(Rgb.of(wall).linear(), Rgb.of(wood).linear());
    }
  }

  private static final List<Room> ROOMS =
      List.of(
          Room.of(0x5D7A7C, 0x8A5A34),
          Room.of(0x3F5560, 0x6F4527),
          Room.of(0xB9A98C, 0x9A6B3F),
          Room.of(0x6E7F66, 0x7C5230),
          Room.of(0x4A4440, 0x8C6239));

  /** How deep the table shows what stands on it. */
  private static final double REFLECTED = 1.1;

  /** How far around a fruit its shadow still softens. */
  private static final double PENUMBRA = 0.3;

  private static final Vec EYE = new Vec(0, 2.05, -5.4);
  private static final Rgb SUNLIGHT = new Rgb(2.15, 2.0, 1.75);
  private static final Rgb SKYLIGHT = new Rgb(0.42, 0.47, 0.55);

  private final Frame frame;
  private final Arrangement arrangement;
  private final Room room;
  private final Noise noise;
  private final Vec light;
  private final Vec lightAcross;
  private final Vec lightUp;
  private final Vec forward;
  private final Vec upward;
  private final double zoom;

  StillLife(Frame frame, Fruit fruit, Words words, RandomGenerator random) {
    this.frame = frame;
    this.arrangement = new Arrangement(fruit, words, random);
    this.room = ROOMS.get(random.nextInt(ROOMS.size()));
    this.noise = new Noise(random);
    var side = random.nextInt(4) == 0 ? 0.62 : -0.62;
    this.light = new Vec(side, 0.72, -0.52).unit();
    this.lightAcross = light.cross(new Vec(0, 1, 0)).unit();
    this.lightUp = lightAcross.cross(light);
    var many = arrangement.many();
    this.forward = new Vec(0, 0.98, 0).minus(EYE).unit();
    this.upward = forward.cross(new Vec(1, 0, 0));
    this.zoom = many ? 2.35 : 3.25;
  }

  @Override
  public Rgb at(double x, double y) {
    var ray = forward.times(zoom).plus(new Vec(x, 0, 0)).plus(upward.times(y)).unit();
    return seen(EYE, ray).times(frame.vignette(x, y, 0.55)).developed();
  }

  private Rgb seen(Vec eye, Vec ray) {
    var far = ray.y() < -1e-3 ? -eye.y() / ray.y() : Double.MAX_VALUE;
    var way = march(eye, ray, Math.min(far, 9));
    return way < Math.min(far, 9) ? fruit(eye.ahead(ray, way), ray) : ground(eye, ray, far);
  }

  /** How far the ray goes until it meets a fruit; {@code end} if it meets none. */
  private double march(Vec from, Vec ray, double end) {
    var span = arrangement.span(from, ray, 0);
    var last = Math.min(end, span.to());
    var way = Math.max(span.from(), 0);
    for (var i = 0; i < 110 && way < last; i++) {
      var distance = distance(from, ray, way);
      if (distance < 0.0006 * (1 + way)) {
        return way;
      }
      way += distance * 0.96;
    }
    return end;
  }

  private Rgb fruit(Vec point, Vec ray) {
    var solid = arrangement.at(point);
    var material = solid.material(point);
    var normal = normal(solid, point).plus(material.bump()).unit();
    var facing = normal.dot(light);
    var sun = facing > -0.18 ? sunlit(point.ahead(normal, 0.02)) : 0;
    // Light that enters the skin leaves it again a little beyond the shadow's edge.
    var soft = Math.clamp((facing + 0.18) / 1.18, 0, 1) * sun;
    var open = 0.35 + 0.65 * Math.clamp(point.y() * 0.9, 0, 1);
    var ambient = SKYLIGHT.times((0.55 + 0.45 * normal.y()) * open);
    var bounced = room.wood().times(0.5 * Math.max(0, 0.35 - normal.y()) * open);
    var colour = material.colour().times(SUNLIGHT.times(soft).plus(ambient).plus(bounced));
    var mirrored = ray.mirrored(normal);
    var grazing = Math.pow(1 - Math.clamp(-ray.dot(normal), 0, 1), 4);
    var sheen = (0.045 + 0.4 * grazing) * material.gloss();
    var window = window(mirrored, material.gloss()) * Math.max(sun, 0.2);
    var above = room.wall().plus(SKYLIGHT.times(0.35));
    var around = room.wood().times(0.5).mix(above, Curve.step(-0.35, 0.3, mirrored.y()));
    return colour
        .plus(around.times(sheen))
        .plus(SUNLIGHT.times(window * (0.22 + grazing) * material.gloss()));
  }

  /** The window's image in the skin: four panes, the duller the skin the more blurred. */
  private double window(Vec mirrored, double gloss) {
    var ahead = mirrored.dot(light);
    if (ahead <= 0) {
      return 0;
    }
    var u = Math.abs(mirrored.dot(lightAcross) / ahead);
    var v = Math.abs(mirrored.dot(lightUp) / ahead);
    var blur = 0.03 + 0.4 * (1 - gloss);
    var pane = Curve.step(0.24 + blur, 0.24 - blur, u) * Curve.step(0.32 + blur, 0.32 - blur, v);
    var bars = 1 - 0.75 * gloss * Math.max(Curve.bell(u, 0.03), Curve.bell(v, 0.03));
    return pane * bars + 0.35 * Math.pow(ahead, 14);
  }

  /** The table, running into the wall without an edge, as far things do in a lens. */
  private Rgb ground(Vec eye, Vec ray, double far) {
    var lit = Curve.bell(ray.x() + light.x() * 0.12, 0.42);
    var blotch = 1 + 0.5 * noise.cloud(ray.x() * 5, ray.y() * 5 + 3, 3);
    var wall = room.wall().times((0.3 + 0.75 * lit) * blotch);
    if (far > 40) {
      return wall;
    }
    var point = eye.ahead(ray, far);
    var share = Curve.step(3.2, 4.6, point.z());
    return share == 1 ? wall : table(point, ray).mix(wall, share);
  }

  private Rgb table(Vec point, Vec ray) {
    var near = Curve.length(point.x(), point.z());
    var close = near < 4;
    var sun = close ? sunlit(point) : 1;
    var contact = close ? arrangement.openness(point) : 1;
    var pool = 0.25 + 0.75 * Curve.bell(Curve.length(point.x() - light.x(), point.z()), 3.2);
    var shine = SUNLIGHT.times(light.y() * sun * pool).plus(SKYLIGHT.times(0.8 * contact));
    var colour = wood(point).times(shine);
    if (!close) {
      return colour;
    }
    var mirrored = new Vec(ray.x(), -ray.y(), ray.z());
    var from = point.plus(new Vec(0, 0.004, 0));
    var way = march(from, mirrored, REFLECTED);
    var wall = room.wall().times(0.6);
    var image = way < REFLECTED ? fruit(from.ahead(mirrored, way), mirrored) : wall;
    var grazing = 0.06 + 0.5 * Math.pow(1 + ray.y(), 5);
    // Wood is no mirror: what is further away is lost in it.
    return colour.plus(image.mix(wall, Curve.step(0, REFLECTED, way)).times(grazing));
  }

  private Rgb wood(Vec point) {
    var plank = (int) Math.floor(point.z() / 1.15 + 0.6);
    var inside = Curve.fraction(point.z() / 1.15 + 0.6);
    var shift = Curve.chance(plank, 7) * 40;
    var wave = noise.cloud(point.x() * 0.5 + shift, point.z() * 1.6, 3);
    var ring = Math.sin((point.z() * 7 + wave * 9 + shift) * 2.2);
    var fibre = noise.cloud(point.x() * 2.2 + shift, point.z() * 46, 3);
    var tone = 0.8 + 0.16 * ring + 0.5 * fibre + 0.25 * (Curve.chance(plank, 3) - 0.5);
    var seam = 1 - 0.8 * Curve.bell(Math.min(inside, 1 - inside), 0.012);
    return room.wood().times(Math.max(tone, 0.2) * seam);
  }

  /** How much of the window a point sees, from 0 to 1. */
  private double sunlit(Vec point) {
    var span = arrangement.span(point, light, PENUMBRA);
    var open = 1.0;
    var way = Math.max(span.from(), 0.03);
    for (var i = 0; i < 48 && way < span.to() && open > 0.01; i++) {
      var distance = distance(point, light, way);
      open = Math.min(open, 0.5 + 5.5 * distance / way);
      way += Math.clamp(distance, 0.03, 0.4);
    }
    return Curve.step(0, 1, open);
  }

  private double distance(Vec from, Vec ray, double way) {
    return arrangement.distance(
        from.x() + ray.x() * way, from.y() + ray.y() * way, from.z() + ray.z() * way);
  }

  /** Where the distance grows fastest, by looking at the corners of a small tetrahedron. */
  private static Vec normal(Solid solid, Vec p) {
    var e = 0.0012;
    var a = solid.distance(p.x() + e, p.y() - e, p.z() - e);
    var b = solid.distance(p.x() - e, p.y() - e, p.z() + e);
    var c = solid.distance(p.x() - e, p.y() + e, p.z() - e);
    var d = solid.distance(p.x() + e, p.y() + e, p.z() + e);
    return new Vec(a - b - c + d, -a - b + c + d, -a + b - c + d).unit();
  }
}
