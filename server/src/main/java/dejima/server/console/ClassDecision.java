package dejima.server.console;

import dejima.residency.Confidentiality;
import dejima.residency.DataClass;
import dejima.residency.Decision;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.LocalText;
import dejima.residency.Marker;
import dejima.residency.PolicyBundle;
import dejima.residency.RequestFacts;
import dejima.residency.RequestKind;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// What the active policy says of one data class at one site.
///
/// @param dataClass one of [#SHOWN]
public record ClassDecision(DataClass dataClass, Decision decision) {

  /// The classes that the console shows for every site: each confidentiality class without markers,
  /// then 機密性2 with each marker.
  public static final List<DataClass> SHOWN =
      Stream.concat(
              Stream.of(Confidentiality.values()).map(level -> new DataClass(level, Set.of())),
              Stream.of(Marker.values())
                  .map(marker -> new DataClass(Confidentiality.C2, Set.of(marker))))
          .toList();

  /// The decisions for all of [#SHOWN], for a chat request of no particular tenant, to a model that
  /// nobody registered.
  public static List<ClassDecision> all(PolicyBundle policy, SiteFacts site) {
    return all(shown -> policy.decide(new RequestFacts(shown, "", "", "", RequestKind.CHAT), site));
  }

  /// The decisions for all of [#SHOWN].
  ///
  /// @param decide says what holds of a class
  public static List<ClassDecision> all(Function<DataClass, Decision> decide) {
    return SHOWN.stream().map(shown -> new ClassDecision(shown, decide.apply(shown))).toList();
  }

  /// The class's name in the feed: the marker alone where there is one.
  String label() {
    return dataClass.markers().stream()
        .findFirst()
        .map(Marker::label)
        .orElseGet(dataClass.level()::label);
  }

  /// The class in as few words as a small cell holds.
  LocalText title() {
    return dataClass.markers().stream()
        .findFirst()
        .map(ClassDecision::title)
        .orElseGet(() -> new LocalText(dataClass.level().labelJa(), dataClass.level().name()));
  }

  private static LocalText title(Marker marker) {
    return switch (marker) {
      case PERSONAL -> new LocalText("個人", "personal");
      case FINANCIAL -> new LocalText("金融", "financial");
      case MY_NUMBER -> new LocalText("特定個人", "My Number");
      case CRITICAL_INFRASTRUCTURE -> new LocalText("重要インフラ", "critical");
      case LOCAL_3A -> new LocalText("自治体3A", "local 3A");
      case LOCAL_3B -> new LocalText("自治体3B", "local 3B");
      case LOCAL_3C -> new LocalText("自治体3C", "local 3C");
    };
  }
}
