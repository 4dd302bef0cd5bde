/// Quotes of trusted execution environments, verified locally, and prompts sealed to them.
module dejima.attestation {
  requires transitive dejima.evidence;
  requires org.bouncycastle.provider;
  requires static org.jspecify;

  exports dejima.attestation;
}
