/// Signing with Bouncy Castle, which is several times faster at Ed25519 than the JDK.
@NullMarked
package dejima.server.bouncycastle;

import org.jspecify.annotations.NullMarked;
