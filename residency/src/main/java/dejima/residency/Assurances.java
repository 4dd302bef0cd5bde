package dejima.residency;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// What third parties and contracts assure of a site, as far as it has not expired.
///
/// @param certifications iterates in the order of [Certification]
/// @param japaneseLaw whether its contract stands under Japanese law and Japanese courts
/// @param domesticMaintenance whether support and remote maintenance come from Japan alone
public record Assurances(
    Set<Certification> certifications, boolean japaneseLaw, boolean domesticMaintenance) {
  /// Nothing is assured.
  public static final Assurances NONE = new Assurances(Set.of(), false, false);

  /// Copies the set.
  public Assurances {
    EnumSet<Certification> ordered = EnumSet.noneOf(Certification.class);
    ordered.addAll(certifications);
    certifications = Collections.unmodifiableSet(ordered);
  }
}
