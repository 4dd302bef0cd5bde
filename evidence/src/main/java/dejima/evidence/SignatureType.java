package dejima.evidence;

import java.util.Arrays;
import java.util.Optional;

/// What a note's signature line signs and how (C2SP signed-note, "Signature types").
public enum SignatureType {
  /// Ed25519 over the note's text: a log signs its checkpoints with it.
  ED25519(0x01),
  /// Ed25519 over the time and the note's text: a witness's cosignature (C2SP tlog-cosignature).
  COSIGNATURE_ED25519(0x04);

  private final byte code;

  SignatureType(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static Optional<SignatureType> of(byte code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }
}
