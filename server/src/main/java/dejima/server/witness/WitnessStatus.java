package dejima.server.witness;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// How a witness stands.
///
/// @param name its key names
/// @param address where it is asked
/// @param state what its last answer was
/// @param trouble why not, empty when it cosigned
/// @param lastCosigned when it last did
/// @param size of the tree head that it cosigned last
public record WitnessStatus(
    String name,
    URI address,
    State state,
    String trouble,
    Optional<Instant> lastCosigned,
    long size) {
  /// What a witness's last answer was.
  public enum State {
    /// Not asked yet.
    UNASKED,
    /// It cosigned.
    COSIGNING,
    /// None.
    UNAVAILABLE,
    /// One that cannot be true.
    CONTRADICTING
  }

  static WitnessStatus unasked(RemoteWitness witness) {
    return new WitnessStatus(
        witness.name(), witness.address(), State.UNASKED, "", Optional.empty(), 0);
  }

  WitnessStatus cosigned(Instant at, long newSize) {
    return new WitnessStatus(name, address, State.COSIGNING, "", Optional.of(at), newSize);
  }

  WitnessStatus failed(State now, String reason) {
    return new WitnessStatus(name, address, now, reason, lastCosigned, size);
  }
}
