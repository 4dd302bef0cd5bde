/// Quotes of trusted execution environments (AMD SEV-SNP, Intel TDX, NVIDIA's tokens), verified
/// locally against mirrored reference values, and prompts sealed to such an environment.
///
/// Verified on constructed quotes only; no hardware has been at hand.
@NullMarked
package dejima.attestation;

import org.jspecify.annotations.NullMarked;
