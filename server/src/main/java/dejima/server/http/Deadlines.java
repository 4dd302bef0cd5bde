package dejima.server.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/// The requests of one event loop, looked over a few times a second for those that took too long.
/// One timer serves all of them.
final class Deadlines {
  /// How often the loop looks, in milliseconds.
  static final long INTERVAL_MILLIS = 100;

  private final Set<Watched> watched = Collections.newSetFromMap(new IdentityHashMap<>());

  /// Something with a deadline.
  interface Watched {
    /// Ends itself if it took too long.
    void checkDeadline(long nanoTime);
  }

  void add(Watched one) {
    watched.add(one);
  }

  void remove(Watched one) {
    watched.remove(one);
  }

  int size() {
    return watched.size();
  }

  void check(long nanoTime) {
    for (Watched one : new ArrayList<>(watched)) {
      one.checkDeadline(nanoTime);
    }
  }
}
