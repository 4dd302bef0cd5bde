package dejima.server.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentRingTest {

  @Test
  void readsOnFromWhereTheLastReadingEnded() {
    RecentRing<Integer> ring = new RecentRing<>(8);
    ring.add(1);
    ring.add(2);

    RecentRing.Reading<Integer> first = ring.since(0);
    ring.add(3);

    assertThat(first.things()).containsExactly(1, 2);
    assertThat(ring.since(first.next()).things()).containsExactly(3);
  }

  @Test
  void forgetsTheOldestWhenItIsFull() {
    RecentRing<Integer> ring = new RecentRing<>(4);

    IntStream.range(0, 11).forEach(ring::add);

    assertThat(ring.since(0).things()).containsExactly(7, 8, 9, 10);
    assertThat(ring.written()).isEqualTo(11);
  }

  @Test
  void losesNothingThatFitsWhenManyWriteAtOnce() throws InterruptedException {
    RecentRing<Integer> ring = new RecentRing<>(1024);
    List<Thread> writers = new ArrayList<>();

    for (int writer = 0; writer < 4; writer++) {
      int base = writer * 256;
      writers.add(
          Thread.ofPlatform().start(() -> IntStream.range(base, base + 256).forEach(ring::add)));
    }
    List<Integer> read = new ArrayList<>();
    long next = 0;
    while (read.size() < 1024) {
      RecentRing.Reading<Integer> reading = ring.since(next);
      read.addAll(reading.things());
      next = reading.next();
      Thread.onSpinWait();
    }
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(read).doesNotHaveDuplicates().hasSize(1024);
  }

  @Test
  void takesOnlyPowersOfTwo() {
    assertThatThrownBy(() -> new RecentRing<>(50)).isInstanceOf(IllegalArgumentException.class);
  }
}
