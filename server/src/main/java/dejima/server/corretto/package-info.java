/// Signing with AWS-LC through the Amazon Corretto Crypto Provider, which is several times faster
/// at Ed25519 than Bouncy Castle but native code that not every machine can load.
@NullMarked
package dejima.server.corretto;

import org.jspecify.annotations.NullMarked;
