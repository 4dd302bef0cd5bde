package dejima.acceptance.site;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Streams whose first event comes at once and whose rest comes when the test says so, in the order
/// in which they were asked for.
public final class HeldAnswers implements Script {
  private static final String FIRST = Wire.event("出");
  private static final String REST = Wire.stream("島");

  private final Queue<Visit> held = new ConcurrentLinkedQueue<>();

  /// Holds nothing yet.
  public HeldAnswers() {}

  @Override
  public void play(Visit visit) {
    visit.events().write(FIRST);
    held.add(visit);
  }

  /// Ends the oldest that is held.
  public void endOne() {
    end(Optional.ofNullable(held.poll()).orElseThrow());
  }

  /// Ends all that are held.
  public void endAll() {
    for (Visit visit = held.poll(); visit != null; visit = held.poll()) {
      end(visit);
    }
  }

  private static void end(Visit visit) {
    visit
        .site()
        .after(
            1,
            () -> {
              visit.request().response().write(REST);
              visit.endSigned(FIRST + REST, 200);
            });
  }
}
