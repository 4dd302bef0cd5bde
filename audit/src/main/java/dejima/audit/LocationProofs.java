package dejima.audit;

import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.Reading;
import dejima.evidence.Verification.Step;
import dejima.location.Affiliates;
import dejima.location.Landmarks;
import dejima.location.LocationEntry;
import dejima.location.Place;
import dejima.location.SiteProof;
import dejima.location.Transcript;
import dejima.register.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Examines what landmarks measured: their signatures and the site's, and the geometry again from
/// the raw round trips.
final class LocationProofs {
  /// How far the measured place may be from the registered one, in metres.
  private static final double SAME_PLACE = 1_000;

  private LocationProofs() {}

  static void examine(Examined attempt, Optional<Landmarks> trusted, Optional<Register> register) {
    if (trusted.isEmpty()) {
      attempt.open(
          Step.LOCATION,
          "location",
          "That landmarks measured the site: no trusted landmarks were given (--landmarks).",
          "計測点が拠点を実測したこと（信頼する計測点が渡されていない。--landmarks）。");
      return;
    }
    List<LocationEntry> entries = entries(attempt);
    Place declared = entries.getFirst().declared();
    switch (SiteProof.judge(
        attempt.site(),
        attempt.pin(),
        declared,
        entries,
        trusted.get(),
        affiliates(attempt, register),
        attempt.time())) {
      case SiteProof.Proved(var proving, _, _) -> proved(attempt, declared, proving);
      case SiteProof.Unproved(var doubt) ->
          throw new NotBorne(Step.LOCATION, "the location is not proved: " + doubt.en());
      case SiteProof.Contradicted(var entry) ->
          throw new NotBorne(
              Step.LOCATION,
              "landmark "
                  + entry.proof().transcript().landmark()
                  + " contradicts the declared place");
    }
    register.ifPresent(known -> compare(attempt, declared, known));
  }

  /// Whose landmarks are the site's own: the operator's, and by the register those of its group.
  private static Affiliates affiliates(Examined attempt, Optional<Register> register) {
    List<String> names = new ArrayList<>(List.of(attempt.operator()));
    register.ifPresent(known ->
        known
            .site(attempt.site())
            .ifPresent(site -> names.addAll(known.affiliates(site.operator()))));
    return Affiliates.of(names);
  }

  private static List<LocationEntry> entries(Examined attempt) {
    List<LocationEntry> entries = new ArrayList<>();
    for (Json.Obj body : attempt.grounds(Kind.LOCATION)) {
      switch (LocationEntry.of(body)) {
        case Reading.Read<LocationEntry>(LocationEntry entry) -> entries.add(entry);
        case Reading.Unreadable<LocationEntry>(String reason) ->
            throw new NotBorne(Step.LOCATION, reason);
      }
    }
    return entries;
  }

  private static void proved(Examined attempt, Place declared, List<LocationEntry> proving) {
    attempt.proved(
        Step.LOCATION,
        "location",
        "The key of %s, declared at %s, answered from no foreign land, by the speed of light."
            .formatted(attempt.site(), written(declared)),
        "申告地 %2$s の拠点 %1$s の鍵は、光速の限界により国外からは応答していない。".formatted(attempt.site(), written(declared)));
    for (LocationEntry entry : proving) {
      Transcript said = entry.proof().transcript();
      String fastest = String.format(Locale.ROOT, "%.3f", said.shortest().nanos() / 1e6);
      attempt.proved(
          Step.LOCATION,
          "landmark",
          "Landmark %s of %s saw a round trip of %s ms."
              .formatted(said.landmark(), said.person().name(), fastest),
          "計測点 %s（%s）が往復 %s ミリ秒を計測した。".formatted(said.landmark(), said.person().name(), fastest));
    }
  }

  private static void compare(Examined attempt, Place declared, Register register) {
    register
        .site(attempt.site())
        .flatMap(site -> site.place())
        .map(fact -> new Place(fact.value().latitude(), fact.value().longitude()))
        .ifPresent(registered -> {
          double metres = registered.metresTo(declared);
          if (metres <= SAME_PLACE) {
            attempt.proved(
                Step.LOCATION,
                "registered-place",
                "The measured place is the registered one.",
                "計測した場所は登録された場所である。");
          } else {
            attempt.open(
                Step.LOCATION,
                "registered-place",
                "That the measured place is the registered one: they lie %d km apart."
                    .formatted(Math.round(metres / 1_000)),
                "計測した場所が登録された場所であること（%d km 離れている）。".formatted(Math.round(metres / 1_000)));
          }
        });
  }

  private static String written(Place place) {
    return String.format(Locale.ROOT, "%.4f,%.4f", place.latitude(), place.longitude());
  }
}
