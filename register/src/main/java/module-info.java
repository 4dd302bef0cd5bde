/// Who runs what, where, and who can be compelled.
module dejima.register {
  requires transitive dejima.evidence;
  requires transitive dejima.residency;
  requires static org.jspecify;

  exports dejima.register;
}
