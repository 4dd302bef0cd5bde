/// The program.
module dejima.server {
  requires dejima.residency;
  requires dejima.evidence;
  requires dejima.gateway;
  requires dejima.agent;
  requires com.fasterxml.jackson.core;
  requires io.vertx.core;
  requires io.vertx.web;
  requires static org.jspecify;

  exports dejima.server;
}
