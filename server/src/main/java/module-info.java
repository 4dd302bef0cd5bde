/// The program.
module dejima.server {
  requires dejima.residency;
  requires dejima.evidence;
  requires dejima.gateway;
  requires dejima.agent;
  requires static org.jspecify;

  exports dejima.server;
}
