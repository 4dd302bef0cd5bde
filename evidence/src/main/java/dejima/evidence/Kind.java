package dejima.evidence;

/// What an entry records.
public enum Kind {
  /// A request is about to leave for a site.
  INTENT("intent"),
  /// How a request ended.
  OUTCOME("outcome"),
  /// A request that was not let out.
  REFUSAL("refusal"),
  /// What a site's operator states about it.
  SITE_STATEMENT("site-statement"),
  /// A policy bundle that came into force.
  POLICY("policy"),
  /// A change of keys.
  KEY("key");

  private final String text;

  Kind(String text) {
    this.text = text;
  }

  /// The word in the body.
  public String text() {
    return text;
  }
}
