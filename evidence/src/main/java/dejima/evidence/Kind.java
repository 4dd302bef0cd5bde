package dejima.evidence;

/// What an entry records.
public enum Kind {
  /// A request is about to leave for a site.
  INTENT(1, "intent"),
  /// How a request ended.
  OUTCOME(2, "outcome"),
  /// A request that was not let out.
  REFUSAL(3, "refusal"),
  /// What a site's operator states about it.
  SITE_STATEMENT(4, "site-statement"),
  /// A policy bundle that came into force.
  POLICY(5, "policy"),
  /// A change of keys.
  KEY(6, "key"),
  /// A measurement of where a site is.
  LOCATION(7, "location"),
  /// A version of the register of operators, sites and models that came into force.
  REGISTER(8, "register"),
  /// Verified quotes of a trusted execution environment.
  ATTESTATION(9, "attestation"),
  /// A rehearsal of doing without an operator.
  DRILL(10, "drill");

  private final byte code;
  private final String text;

  Kind(int code, String text) {
    this.code = (byte) code;
    this.text = text;
  }

  /// The byte in the journal.
  byte code() {
    return code;
  }

  /// Does an entry of this kind end its request?
  boolean ends() {
    return this == OUTCOME || this == REFUSAL;
  }

  static Kind of(byte code) {
    for (var kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new DamagedLogException("journal holds an entry of unknown kind " + code);
  }

  static Kind of(String text) {
    for (var kind : values()) {
      if (kind.text.equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no entry is of kind " + text);
  }

  /// The word in the body.
  public String text() {
    return text;
  }
}
