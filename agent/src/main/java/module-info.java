/// The program at an operator's site.
module dejima.agent {
  requires transitive dejima.evidence;
  requires dejima.attestation;
  requires dejima.location;
  requires dejima.residency;
  requires transitive io.vertx.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires info.picocli;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires org.slf4j;
  requires static org.jspecify;

  exports dejima.agent;

  opens dejima.agent to
      info.picocli;
}
