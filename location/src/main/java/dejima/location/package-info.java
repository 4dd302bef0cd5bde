/// Where a site is, by the delay of its answers: the challenge, the transcripts, the geometry and
/// the verdicts. An answer cannot arrive faster than light.
@NullMarked
package dejima.location;

import org.jspecify.annotations.NullMarked;
