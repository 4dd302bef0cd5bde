/// Having sites' quotes verified by mirrored reference values, recording and keeping them.
@NullMarked
package dejima.server.attestation;

import org.jspecify.annotations.NullMarked;
