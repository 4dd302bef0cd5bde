package dejima.attestation;

import dejima.attestation.SiteAttestation.Nonce;
import dejima.evidence.Carried;
import dejima.evidence.Json;
import dejima.evidence.SignedNote;
import dejima.evidence.StrictBase64;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// A nonce that neither the site nor the gateway can have known before it was given: it is made of
/// a salt, which the gateway keeps until then, and of a tree head with the cosignatures under it,
/// which nobody can foresee. An outsider who trusts the witnesses can tell since when it is known.
///
/// @param head the checkpoint as it was published
/// @param salt 32 bytes, base64
/// @param given since when it can have been known: for a cosigned checkpoint, since the witnesses
///   saw it
public record HeadNonce(SignedNote head, String salt, Instant given) {
  private static final byte[] LABEL =
      "dejima attestation nonce v1\0".getBytes(StandardCharsets.US_ASCII);
  private static final int SALT_LENGTH = 32;

  /// Checks the salt.
  ///
  /// @throws IllegalArgumentException if it is not 32 bytes in base64
  public HeadNonce {
    StrictBase64.read(salt, SALT_LENGTH).orThrow();
  }

  /// With a new salt.
  ///
  /// @param random cryptographically strong
  public static HeadNonce of(SignedNote head, RandomGenerator random, Instant given) {
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    return new HeadNonce(head, StrictBase64.text(salt), given);
  }

  /// What a site has to bind: SHA-256 over the ASCII text `dejima attestation nonce v1`, a zero
  /// byte, the salt, the site's id in UTF-8, a zero byte, and the checkpoint's text with its
  /// signature lines.
  public byte[] bytes(String site) {
    var digest = KeyBinding.digest("SHA-256");
    digest.update(LABEL);
    digest.update(StrictBase64.read(salt).orThrow());
    digest.update(site.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return digest.digest(head.noteText().getBytes(StandardCharsets.UTF_8));
  }

  /// The same as [SiteAttestation] wants it.
  public Nonce of(String site) {
    return new Nonce(
        bytes(site), given, Json.object().put("head", hash()).put("salt", salt).build());
  }

  /// The hash by which an entry names the checkpoint.
  public String hash() {
    return Carried.hash(head.noteText());
  }
}
