package dejima.agent.http;

/// How many answers are under way; touched on the event loop only.
final class Places {
  private final int most;
  private int taken;

  Places(int most) {
    this.most = most;
  }

  /// Takes a place; whether there was one.
  boolean take() {
    boolean free = taken < most;
    taken += free ? 1 : 0;
    return free;
  }

  /// Gives a taken place back.
  void give() {
    taken--;
  }

  int taken() {
    return taken;
  }

  int most() {
    return most;
  }
}
