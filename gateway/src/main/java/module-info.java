/// Inference requests.
module dejima.gateway {
  requires transitive dejima.residency;
  requires transitive dejima.evidence;
  requires static org.jspecify;

  exports dejima.gateway;
}
