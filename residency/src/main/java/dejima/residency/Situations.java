package dejima.residency;

import dejima.residency.Destination.MediaHost;
import dejima.residency.Destination.Sink;
import dejima.residency.Destination.SinkKind;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.z3.Domain;
import dejima.residency.z3.Example;
import dejima.residency.z3.Shape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/// Turns what the solver found into a request and a destination: the way back from [FactsOf]. A
/// field that the solver did not need gets the plainest value.
final class Situations {
  private static final Comparator<String> FIRST_THE_REQUEST =
      Comparator.comparing(field -> !field.startsWith("request."));

  private static final Set<String> ALWAYS_TOLD =
      Set.of("request.confidentiality", "destination.kind", "destination.country");

  private final Example example;

  private Situations(Example example) {
    this.example = example;
  }

  /// The situation that the example describes.
  ///
  /// @throws IllegalArgumentException if there can be none, which a free text may cause
  static Situation of(Example example, Shape shape) {
    Situations situations = new Situations(example);
    return new Situation(situations.request(), situations.destination(), fields(example, shape));
  }

  /// The same situation at a site that contradicts its registration.
  static Situation contradicted(Situation found) {
    Destination destination =
        found.destination() instanceof SiteFacts site
            ? site.at(EvidenceLevel.CONTRADICTED)
            : found.destination();
    return new Situation(found.request(), destination, found.fields());
  }

  /// What is not plain, and what every reader asks first.
  private static Map<String, String> fields(Example example, Shape shape) {
    Map<String, String> fields = new LinkedHashMap<>();
    shape.domains().keySet().stream()
        .sorted(FIRST_THE_REQUEST)
        .forEach(field ->
            written(example, field)
                .filter(value -> ALWAYS_TOLD.contains(field) || !value.equals(plain(shape, field)))
                .ifPresent(value -> fields.put(field, value)));
    return fields;
  }

  private static String plain(Shape shape, String field) {
    return switch (Objects.requireNonNull(shape.domains().get(field))) {
      case Domain.Flag _ -> "false";
      case Domain.Whole(long least, _) -> Long.toString(least);
      case Domain.Words(List<String> words) -> '"' + words.getFirst() + '"';
      case Domain.AnyText(List<String> readable) -> '"' + readable.getFirst() + '"';
    };
  }

  private static Optional<String> written(Example example, String field) {
    Stream<Optional<String>> types =
        Stream.of(
            Optional.ofNullable(example.texts().get(field)).map(text -> '"' + text + '"'),
            Optional.ofNullable(example.wholes().get(field)).map(String::valueOf),
            Optional.ofNullable(example.flags().get(field)).map(String::valueOf));
    return types.flatMap(Optional::stream).findFirst();
  }

  private RequestFacts request() {
    return new RequestFacts(
        new DataClass(
            levelled(
                Confidentiality.values(),
                Confidentiality::level,
                whole("request.confidentiality", 1)),
            markers()),
        text("request.tenant", "tenant"),
        text("request.project", "project"),
        text("request.model", "model"),
        named(RequestKind.values(), RequestKind::word, text("request.kind", "chat")),
        new LegalGrounds(
            text("request.statutory_task", ""),
            text("request.subcontracting_permission", ""),
            named(
                TransferBasis.values(),
                TransferBasis::word,
                text("request.transfer_basis", "none"))),
        new ModelFacts(
            flag("request.model_registered"),
            "",
            "",
            new Country(text("request.model_origin", "JP")),
            flag("request.third_party_calls"),
            Set.of()));
  }

  private Set<Marker> markers() {
    Set<Marker> markers = EnumSet.noneOf(Marker.class);
    for (Marker marker : Marker.values()) {
      if (flag("request." + marker.label().replace('-', '_'))) {
        markers.add(marker);
      }
    }
    return markers;
  }

  private Destination destination() {
    return switch (text("destination.kind", "site")) {
      case "site" -> site();
      case "media" -> new MediaHost(text("destination.scheme", ""), text("destination.host", ""));
      case String sink ->
          new Sink(
              named(SinkKind.values(), SinkKind::word, sink),
              text("destination.host", ""),
              country(),
              control());
    };
  }

  private SiteFacts site() {
    return new SiteFacts(
        text("destination.id", "site"),
        text("destination.operator", "operator"),
        country(),
        control(),
        levelled(EvidenceLevel.values(), EvidenceLevel::level, whole("destination.evidence", 0)),
        text("destination.sku", ""),
        new Assurances(
            certifications(),
            flag("destination.japanese_law"),
            flag("destination.domestic_maintenance")),
        Math.toIntExact(whole("destination.location_minutes", 0)),
        flag("destination.model_verified"));
  }

  private Set<Certification> certifications() {
    Set<Certification> certifications = EnumSet.noneOf(Certification.class);
    for (Certification certification : Certification.values()) {
      if (flag("destination." + certification.word().replace('-', '_'))) {
        certifications.add(certification);
      }
    }
    return certifications;
  }

  private Country country() {
    return new Country(text("destination.country", "JP"));
  }

  private Control control() {
    return named(Control.values(), Control::word, text("destination.control", "domestic"));
  }

  private boolean flag(String field) {
    return example.flags().getOrDefault(field, false);
  }

  private long whole(String field, long otherwise) {
    return example.wholes().getOrDefault(field, otherwise);
  }

  private String text(String field, String otherwise) {
    return example.texts().getOrDefault(field, otherwise);
  }

  private static <T> T levelled(T[] values, ToIntFunction<T> level, long wanted) {
    return Arrays.stream(values)
        .filter(value -> level.applyAsInt(value) == wanted)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such level: " + wanted));
  }

  private static <T> T named(T[] values, Function<T, String> word, String wanted) {
    return Arrays.stream(values)
        .filter(value -> word.apply(value).equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such word: " + wanted));
  }
}
