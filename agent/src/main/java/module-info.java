/// The program at an operator's site.
module dejima.agent {
  requires dejima.residency;
  requires dejima.evidence;
  requires static org.jspecify;

  exports dejima.agent;
}
