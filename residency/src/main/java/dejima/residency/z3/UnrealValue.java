package dejima.residency.z3;

/// The solver named a value that no request can carry.
public final class UnrealValue extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnrealValue(String message) {
    super(message);
  }
}
