package dejima.server.corretto;

import dejima.evidence.NoteSecret;
import dejima.evidence.Signer;
import dejima.server.bouncycastle.BouncyCastleSigner;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A signer that starts with the JDK's Ed25519, which costs nothing to load, and goes over to a
/// faster one when there is much to sign: to AWS-LC, or where it cannot be loaded to Bouncy Castle.
/// Ed25519 is deterministic (RFC 8032 §5.1.6): another signer is used only after it has made the
/// very signature that the JDK made.
public final class QuickSigner implements Signer {
  /// Loading another one pays only for a server that is busy.
  private static final int BUSY = 50;

  private static final Logger LOG = LoggerFactory.getLogger(QuickSigner.class);

  private final NoteSecret secret;
  private final Executor background;
  private final AtomicInteger signed = new AtomicInteger();
  private volatile Signer current;

  /// Signs with `secret`.
  ///
  /// @param background loads the faster signer
  public QuickSigner(NoteSecret secret, Executor background) {
    this.secret = secret;
    this.background = background;
    this.current = Signer.ed25519(secret);
  }

  @Override
  public String keyName() {
    return current.keyName();
  }

  @Override
  public byte[] publicKey() {
    return current.publicKey();
  }

  @Override
  public byte[] sign(byte[] message) {
    byte[] signature = current.sign(message);
    if (signed.get() < BUSY && signed.incrementAndGet() == BUSY) {
      load(message.clone(), signature.clone());
    }
    return signature;
  }

  private void load(byte[] message, byte[] signature) {
    try {
      background.execute(() -> goOver(message, signature));
    } catch (RejectedExecutionException closing) {
      LOG.debug("the server is closing; no other signer is loaded any more");
    }
  }

  /// Whether AWS-LC signs.
  boolean isNative() {
    return current instanceof CorrettoSigner;
  }

  private void goOver(byte[] message, byte[] expected) {
    Signer quick = quicker();
    if (Arrays.equals(quick.sign(message), expected)) {
      current = quick;
    } else {
      LOG.error("{} does not sign as the JDK does, which goes on signing", quick.getClass());
    }
  }

  private Signer quicker() {
    try {
      return new CorrettoSigner(secret, current);
    } catch (GeneralSecurityException | LinkageError unavailable) {
      LOG.info("AWS-LC cannot be loaded here, Bouncy Castle signs: {}", unavailable.toString());
      return new BouncyCastleSigner(secret);
    }
  }
}
