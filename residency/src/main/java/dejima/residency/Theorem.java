package dejima.residency;

/// What a bundle promises of its rules, for every request and every destination.
///
/// @param reviewed who has checked the legal basis, or `to be checked by counsel`
/// @param expression CEL over the fields of rules and over `permitted`, which is true where the
///   rules permit; true without exception if the theorem holds
/// @param file the path inside the bundle
public record Theorem(
    String id, LocalText title, LocalText basis, String reviewed, String expression, String file) {}
