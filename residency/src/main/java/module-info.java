/// May this data be processed there?
module dejima.residency {
  requires static org.jspecify;

  exports dejima.residency;
}
