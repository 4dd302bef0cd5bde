package dejima.residency.cel;

import dejima.residency.cel.Facts.DestinationValues;
import dejima.residency.cel.Facts.RequestValues;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Well-typed conditions and facts, drawn so that errors, overflows and odd strings are common.
public final class RandomExpressions {
  /// Every text that facts and literals have.
  public static final List<String> TEXTS =
      List.of("", "JP", "US", "ZZ", "site", "media", "domestic", "chat", "日本", "𠮷", "\uE000", "J");

  private static final List<Long> WHOLES =
      List.of(0L, 1L, 2L, 3L, 4L, -1L, 7L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32);

  private final RandomGenerator random;

  public RandomExpressions(RandomGenerator random) {
    this.random = random;
  }

  /// An expression of type bool.
  public String flag(int depth) {
    if (depth == 0) {
      return pick(
          "true",
          "false",
          "request.personal",
          "request.financial",
          "request.my_number",
          "request.critical_infrastructure",
          "request.local_3a",
          "request.local_3b",
          "request.local_3c",
          "request.model_registered",
          "request.third_party_calls",
          "destination.ismap",
          "destination.government_cloud",
          "destination.fisc",
          "destination.japanese_law",
          "destination.domestic_maintenance",
          "destination.model_verified");
    }
    int d = depth - 1;
    return switch (random.nextInt(12)) {
      case 0, 1 -> "(" + flag(d) + " && " + flag(d) + ")";
      case 2, 3 -> "(" + flag(d) + " || " + flag(d) + ")";
      case 4 -> "!" + flag(d);
      case 5 -> "(" + flag(d) + " ? " + flag(d) + " : " + flag(d) + ")";
      case 6 -> "(" + flag(d) + order() + flag(d) + ")";
      case 7, 8 -> "(" + whole(d) + order() + whole(d) + ")";
      case 9 -> "(" + text(d) + order() + text(d) + ")";
      case 10 -> text(d) + pick(".startsWith(", ".endsWith(", ".contains(") + text(d) + ")";
      default -> in(d);
    };
  }

  /// Facts over the same values as the literals.
  public Facts facts() {
    return new Facts(
        new RequestValues(
            anyWhole(),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean(),
            anyText(),
            anyText(),
            anyText(),
            anyText(),
            anyText(),
            anyText(),
            anyText(),
            anyText()),
        new DestinationValues(
            anyText(),
            anyText(),
            anyText(),
            anyText(),
            anyText(),
            anyWhole(),
            anyWhole(),
            anyText(),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean(),
            anyText(),
            anyText()));
  }

  private String whole(int depth) {
    if (depth == 0) {
      return pick(
          "request.confidentiality",
          "destination.evidence",
          "destination.location_minutes",
          literal(anyWhole()));
    }
    int d = depth - 1;
    return switch (random.nextInt(4)) {
      case 0 -> "-(" + whole(d) + ")";
      case 1 -> "(" + flag(d) + " ? " + whole(d) + " : " + whole(d) + ")";
      default -> "(" + whole(d) + pick(" + ", " - ", " * ", " / ", " % ") + whole(d) + ")";
    };
  }

  private String text(int depth) {
    if (depth == 0) {
      return pick(
          "request.tenant",
          "request.project",
          "request.model",
          "request.kind",
          "request.statutory_task",
          "request.subcontracting_permission",
          "request.transfer_basis",
          "request.model_origin",
          "destination.kind",
          "destination.id",
          "destination.operator",
          "destination.country",
          "destination.control",
          "destination.sku",
          "destination.scheme",
          "destination.host",
          "'" + anyText() + "'");
    }
    int d = depth - 1;
    return random.nextBoolean()
        ? "(" + text(d) + " + " + text(d) + ")"
        : "(" + flag(d) + " ? " + text(d) + " : " + text(d) + ")";
  }

  private String in(int depth) {
    int count = 1 + random.nextInt(3);
    return switch (random.nextInt(4)) {
      case 0 -> "(" + flag(depth) + " in " + listed(count, () -> flag(depth)) + ")";
      case 1 -> "(" + whole(depth) + " in " + listed(count, () -> whole(depth)) + ")";
      case 2 -> "(" + text(depth) + " in " + listed(count, () -> text(depth)) + ")";
      default -> "(" + text(depth) + " in " + listed(count, () -> "'" + anyText() + "'") + ")";
    };
  }

  private static String listed(int count, Supplier<String> element) {
    return IntStream.range(0, count)
        .mapToObj(_ -> element.get())
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String order() {
    return pick(" == ", " != ", " < ", " <= ", " > ", " >= ");
  }

  private static String literal(long value) {
    return value < 0 ? "(" + value + ")" : Long.toString(value);
  }

  private long anyWhole() {
    return WHOLES.get(random.nextInt(WHOLES.size()));
  }

  private String anyText() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
