/// Where a site is, by the delay of its answers.
module dejima.location {
  requires transitive dejima.evidence;
  requires GeographicLib.Java;
  requires static org.jspecify;

  exports dejima.location;
}
