package dejima.server.drill;

import static dejima.server.drill.Drilled.HOME;
import static dejima.server.drill.Drilled.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dejima.residency.Confidentiality;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LoadBookTest {
  private static final Work SECRET = Drilled.work(Confidentiality.C2);
  private static final Work PUBLIC = Drilled.work(Confidentiality.C1);

  private static LoadBook book(Map<String, Integer> capacities) {
    return new LoadBook(NOW, work -> Drilled.fate(work, HOME), capacities);
  }

  @Test
  void putsTheBusiestHourOnTheSitesThatAreLeft() {
    LoadBook book = book(Map.of("second", 4, "abroad", 4));
    for (int i = 0; i < 7_200; i++) {
      book.add(Drilled.answered(SECRET, NOW.minus(Duration.ofDays(3)), "home", 10, 5_000));
    }
    book.add(Drilled.answered(SECRET, NOW.minus(Duration.ofDays(5)), "home", 10, 5_000));

    SiteLoad.Hour hour = book.busiest("second");

    assertThat(hour.requestsPerSecond()).isCloseTo(2, within(1e-9));
    assertThat(hour.tokensPerSecond()).isCloseTo(20, within(1e-9));
    assertThat(hour.concurrent()).as("two a second of five seconds").isCloseTo(10, within(1e-9));
    assertThat(Duration.between(hour.from(), NOW.minus(Duration.ofDays(3))))
        .isBetween(Duration.ZERO, Duration.ofHours(1));
    assertThat(book.busiest("abroad").requestsPerSecond()).isZero();
    assertThat(book.carried()).isEqualTo(7_201);
  }

  @Test
  void sharesByWhatTheSitesSayTheyTake() {
    LoadBook book = book(Map.of("second", 6, "abroad", 2));
    book.add(Drilled.answered(PUBLIC, NOW, "home", 0, 3_600_000));

    assertThat(book.busiest("second").concurrent()).isCloseTo(0.75, within(1e-9));
    assertThat(book.busiest("abroad").concurrent()).isCloseTo(0.25, within(1e-9));
  }

  @Test
  void sharesEquallyWhereOneDoesNotSay() {
    LoadBook book = book(Map.of("second", 6, "abroad", 0));
    book.add(Drilled.answered(PUBLIC, NOW, "home", 0, 3_600_000));

    assertThat(book.busiest("second").concurrent()).isCloseTo(0.5, within(1e-9));
    assertThat(book.busiest("abroad").concurrent()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void putsNothingOnSitesForWhatIsRefusedOrStranded() {
    LoadBook book =
        new LoadBook(
            NOW,
            work -> Drilled.fate(work, new Withdrawal("both", Set.of("home", "second"))),
            Map.of("abroad", 4));
    book.add(new Sighting(PUBLIC, NOW, Optional.empty(), 0, 0));
    book.add(Drilled.answered(SECRET, NOW, "home", 10, 1_000));

    assertThat(book.busiest("abroad").requestsPerSecond()).isZero();
    assertThat(book.refused()).isEqualTo(1);
    assertThat(book.works().get(SECRET))
        .satisfies(tally -> assertThat(tally.fate().stranded()).isTrue());
  }

  @Test
  void keepsWithinItsRoomAndSaysWhatItLeftOut() {
    LoadBook book = new LoadBook(NOW, work -> Drilled.fate(work, HOME), Map.of("second", 1), 1);
    book.add(Drilled.answered(SECRET, NOW, "home", 1, 3_600_000));
    book.add(Drilled.answered(Drilled.work(Confidentiality.C1), NOW, "home", 1, 3_600_000));

    assertThat(book.works()).containsOnlyKeys(SECRET);
    assertThat(book.beyond()).isEqualTo(1);
    assertThat(book.requests()).isEqualTo(2);
    assertThat(book.busiest("second").concurrent()).isCloseTo(2, within(1e-9));
  }

  @Test
  void leavesOutWhatIsOlderThanThePeriod() {
    LoadBook book = book(Map.of("second", 1, "abroad", 1));
    book.add(Drilled.answered(SECRET, NOW.minus(Duration.ofDays(31)), "home", 1, 1_000));

    assertThat(book.busiest("second").requestsPerSecond()).isZero();
  }
}
