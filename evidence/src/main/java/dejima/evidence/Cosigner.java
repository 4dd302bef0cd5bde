package dejima.evidence;

import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.time.Instant;

/// Cosigns checkpoints as the holder of one witness key. May be called from several threads.
public final class Cosigner {
  private final NoteKey key;
  private final KeyPair pair;

  /// @param secret of one of the types that cosign
  public Cosigner(NoteSecret secret) {
    this.key = secret.key();
    this.pair =
        switch (secret.type()) {
          case COSIGNATURE_ED25519 -> Ed25519.fromSeed(secret.seed());
          case COSIGNATURE_ML_DSA_44 -> MlDsa44.fromSeed(secret.seed());
          case ED25519 -> throw new IllegalArgumentException("not the key of a witness");
        };
  }

  /// The key that verifies these cosignatures.
  public NoteKey key() {
    return key;
  }

  /// A signature line that says: at this time, this is the largest tree that I saw of that log, and
  /// it extends every one before it. Whoever calls has made sure of that.
  public SignedNote.Line cosign(SignedNote checkpoint, Instant at) {
    long time = at.getEpochSecond();
    byte[] message = Cosignature.message(key, checkpoint.text(), time).orThrow();
    byte[] signature =
        key.type() == SignatureType.COSIGNATURE_ML_DSA_44
            ? MlDsa44.sign(pair.getPrivate(), message)
            : Ed25519.sign(pair.getPrivate(), message);
    byte[] timestamped =
        ByteBuffer.allocate(Long.BYTES + signature.length).putLong(time).put(signature).array();
    return new SignedNote.Line(key.name(), key.id(), StrictBase64.text(timestamped));
  }
}
