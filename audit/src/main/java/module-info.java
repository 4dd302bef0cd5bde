/// What outsiders run: they judge receipts and follow the log with no server of ours.
module dejima.audit {
  requires transitive dejima.evidence;
  requires transitive dejima.location;
  requires transitive dejima.residency;
  requires dejima.attestation;
  requires dejima.register;
  requires info.picocli;
  requires java.net.http;
  requires jdk.httpserver;
  requires static org.jspecify;

  exports dejima.audit;

  opens dejima.audit to
      info.picocli;
  opens dejima.audit.landmark to
      info.picocli;
  opens dejima.audit.ledger to
      info.picocli;
  opens dejima.audit.monitor to
      info.picocli;
  opens dejima.audit.witness to
      info.picocli;
}
