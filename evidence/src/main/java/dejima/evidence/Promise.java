package dejima.evidence;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// What a log gives for a durable entry: its place, at once, and on demand a signature by which the
/// log can be held to publish it there.
public final class Promise {
  private final long index;
  private final byte[] hash;
  private final String bodyHash;
  private final Function<Promise, CompletionStage<SignedPromise>> signature;

  Promise(
      long index,
      byte[] hash,
      String bodyHash,
      Function<Promise, CompletionStage<SignedPromise>> signature) {
    this.index = index;
    this.hash = hash;
    this.bodyHash = bodyHash;
    this.signature = signature;
  }

  /// The entry's place in the log, from 0.
  public long index() {
    return index;
  }

  /// The base64 SHA-256 of the body as recorded.
  public String bodyHash() {
    return bodyHash;
  }

  /// The leaf that stands for this promise among those signed together.
  byte[] leafHash() {
    return SignedPromise.leafHash(index, hash);
  }

  /// Asks for the signature. Nothing is signed unless this is called. Called by the receiver while
  /// it hears of the entry, the stage completes on the log's own thread soon after, and one
  /// signature serves all entries that became durable together; called later, it completes at once.
  public CompletionStage<SignedPromise> signed() {
    return signature.apply(this);
  }
}
