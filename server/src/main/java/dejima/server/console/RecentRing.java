package dejima.server.console;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The newest things that happened, for any number of writers and readers without a lock.
///
/// Writers never wait and never see a reader; the oldest thing gives way. Each thing has a sequence
/// number from 0, and a reader keeps the number up to which it has read.
final class RecentRing<E> {
  private final AtomicReferenceArray<Slot<E>> slots;
  private final AtomicLong written = new AtomicLong();
  private final int mask;

  /// @param size a power of two
  RecentRing(int size) {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("not a power of two: " + size);
    }
    this.slots = new AtomicReferenceArray<>(size);
    this.mask = size - 1;
  }

  /// Adds the newest.
  void add(E thing) {
    long sequence = written.getAndIncrement();
    slots.setRelease((int) sequence & mask, new Slot<>(sequence, thing));
  }

  /// How many were ever added.
  long written() {
    return written.get();
  }

  /// What is left of the things from `from` on, oldest first.
  Reading<E> since(long from) {
    long end = written.get();
    List<E> things = new ArrayList<>();
    long next = Math.max(from, end - slots.length());
    for (; next < end; next++) {
      Slot<E> slot = slots.getAcquire((int) next & mask);
      if (slot == null || slot.sequence < next) {
        // Its writer has taken the number but not yet the slot: read on from here next time.
        break;
      }
      if (slot.sequence == next) {
        things.add(slot.thing);
      }
    }
    return new Reading<>(things, next);
  }

  /// @param next where to read on
  record Reading<E>(List<E> things, long next) {}

  private record Slot<E>(long sequence, E thing) {}
}
