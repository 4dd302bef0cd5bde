package dejima.evidence;

import java.security.KeyPair;

/// Signs with the JDK's Ed25519.
final class JdkSigner implements Signer {
  private final String name;
  private final KeyPair pair;

  JdkSigner(String name, KeyPair pair) {
    if (!NoteKey.isName(name)) {
      throw new IllegalArgumentException("not a key name");
    }
    this.name = name;
    this.pair = pair;
  }

  @Override
  public String keyName() {
    return name;
  }

  @Override
  public byte[] publicKey() {
    return Ed25519.publicKey(pair);
  }

  @Override
  public byte[] sign(byte[] message) {
    return Ed25519.sign(pair.getPrivate(), message);
  }
}
