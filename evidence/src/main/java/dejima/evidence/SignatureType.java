package dejima.evidence;

import java.util.Arrays;
import java.util.Optional;

/// What a note's signature line signs and how (C2SP signed-note, "Signature types").
public enum SignatureType {
  /// Ed25519 over the note's text: a log signs its checkpoints with it.
  ED25519(0x01, 32),
  /// Ed25519 over the time and the note's text: a witness's cosignature (C2SP tlog-cosignature).
  COSIGNATURE_ED25519(0x04, 32),
  /// ML-DSA-44 (FIPS 204) over witness, time, log, size and root: a witness's cosignature that no
  /// quantum computer can forge (C2SP tlog-cosignature).
  COSIGNATURE_ML_DSA_44(0x06, 1312);

  private final byte code;
  private final int keyLength;

  SignatureType(int code, int keyLength) {
    this.code = (byte) code;
    this.keyLength = keyLength;
  }

  byte code() {
    return code;
  }

  /// Bytes of a raw public key.
  int keyLength() {
    return keyLength;
  }

  /// Does a witness, rather than a log, sign so?
  public boolean cosigns() {
    return switch (this) {
      case ED25519 -> false;
      case COSIGNATURE_ED25519, COSIGNATURE_ML_DSA_44 -> true;
    };
  }

  static Optional<SignatureType> of(byte code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }
}
