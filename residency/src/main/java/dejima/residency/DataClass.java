package dejima.residency;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// How sensitive a request is: a confidentiality class and the markers of special laws.
///
/// Data classes form a lattice: [#join] of what the client declared, what the project sets and what
/// inspection found is their least upper bound, so combining opinions only ever raises the class.
///
/// @param markers iterates in the order of [Marker]
public record DataClass(Confidentiality level, Set<Marker> markers) {
  /// What a request counts as when nobody labelled it: 機密性2 without markers.
  public static final DataClass UNLABELLED = new DataClass(Confidentiality.C2, Set.of());

  /// Copies the markers.
  public DataClass {
    EnumSet<Marker> ordered = EnumSet.noneOf(Marker.class);
    ordered.addAll(markers);
    markers = Collections.unmodifiableSet(ordered);
  }

  /// The lowest class that is at least as sensitive as both.
  public DataClass join(DataClass other) {
    Confidentiality higher = level.compareTo(other.level) >= 0 ? level : other.level;
    EnumSet<Marker> both = EnumSet.noneOf(Marker.class);
    both.addAll(markers);
    both.addAll(other.markers);
    return new DataClass(higher, both);
  }

  /// As in `confidentiality-2+personal`; [#read] reads it back.
  public String label() {
    StringBuilder text = new StringBuilder(level.label());
    markers.forEach(marker -> text.append('+').append(marker.label()));
    return text.toString();
  }

  /// As in `機密性2・個人情報`; [#read] reads it back.
  public String labelJa() {
    StringBuilder text = new StringBuilder(level.labelJa());
    markers.forEach(marker -> text.append('・').append(marker.labelJa()));
    return text.toString();
  }

  /// Reads the value of a `Dejima-Data-Class` header or of a configured default: tokens separated
  /// by comma or plus, letters in either case, digits of either width. Markers without a level mean
  /// 機密性2; of several levels the highest counts.
  public static DataClassReading read(String text) {
    return DataClassWords.read(text);
  }
}
