/// What was decided and done, provable by outsiders.
module dejima.evidence {
  requires static org.jspecify;

  exports dejima.evidence;
  // Hashing, proofs and tiles are what outsiders check with.
  exports dejima.evidence.tree;
}
