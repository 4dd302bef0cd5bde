package dejima.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.bench.stub.Answers;
import dejima.bench.stub.SiteIdentity;
import dejima.bench.stub.StubModel;
import dejima.bench.stub.StubServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LoadGeneratorTest {
  private static final Duration BRIEFLY = Duration.ofMillis(300);
  private static final Load.Closed FOUR = new Load.Closed(4, BRIEFLY);

  private final LoadGenerator load = new LoadGenerator();
  private StubServer stub;
  private Target target;

  @BeforeAll
  void startStub(@TempDir Path directory) {
    stub = StubServer.start(SiteIdentity.create(directory, "site"));
    target = new Target(stub.plainPort(), Map.of("x-more", "yes"));
  }

  @AfterAll
  void stop() {
    load.close();
    stub.close();
  }

  @Test
  void countsAnswersThatAreRightByteForByte() {
    Tally tally = load.run(target, question(StubModel.BURST), FOUR);

    assertThat(tally.right()).isPositive();
    assertThat(tally.wrong() + tally.broken()).isZero();
    assertThat(tally.latency().getTotalCount()).isEqualTo(tally.right());
    assertThat(tally.perSecond()).isPositive();
  }

  @Test
  void countsOneChangedByteAsWrong() {
    byte[] other = Answers.json(StubModel.BURST);
    other[other.length - 3]++;

    Tally tally = load.run(target, question(StubModel.BURST).answeredBy(other), FOUR);

    assertThat(tally.right()).isZero();
    assertThat(tally.wrong()).isPositive();
  }

  @Test
  void countsAnAnswerThatIsTooShortOrTooLongAsWrong() {
    byte[] longer =
        (new String(Answers.json(StubModel.BURST), StandardCharsets.UTF_8) + " ")
            .getBytes(StandardCharsets.UTF_8);

    Tally tooShort = load.run(target, question(StubModel.BURST).answeredBy(longer), FOUR);
    Tally tooLong = load.run(target, question(StubModel.BURST).answeredBy(new byte[0]), FOUR);

    assertThat(tooShort.right() + tooLong.right()).isZero();
    assertThat(tooShort.wrong()).isPositive();
    assertThat(tooLong.wrong()).isPositive();
  }

  @Test
  void readsStreamsToTheirEndAndSeesTheirFirstByteEarlier() {
    Tally tally = load.run(target, stream(StubModel.DRIP), FOUR);

    assertThat(tally.right()).isPositive();
    assertThat(tally.wrong() + tally.broken()).isZero();
    assertThat(tally.reads()).isGreaterThan(tally.right() * StubModel.DRIP.chunks() / 2);
    assertThat(tally.firstByte().getMaxValue()).isLessThan(tally.latency().getMinValue());
  }

  @Test
  void keepsToItsSchedule() {
    Tally tally = load.run(target, question(StubModel.BURST), new Load.Fixed(100, BRIEFLY));

    assertThat(tally.right()).isEqualTo(30);
    assertThat(Duration.ofNanos(tally.elapsed()))
        .isGreaterThan(BRIEFLY.multipliedBy(9).dividedBy(10));
  }

  @Test
  void timesARequestThatWasHeldUpFromWhenItWasDue() {
    Tally tally =
        load.run(target, stream(StubModel.DRIP), new Load.Fixed(100, Duration.ofMillis(100)));

    assertThat(tally.right()).isEqualTo(10);
    assertThat(tally.latency().getMaxValue()).isGreaterThan(tally.elapsed() / 2);
  }

  @Test
  void countsARefusedConnectionAsBroken() {
    Tally tally = load.run(new Target(1, Map.of()), question(StubModel.BURST), FOUR);

    assertThat(tally.broken()).isEqualTo(4);
    assertThat(tally.right()).isZero();
  }

  @Test
  void holdsStreamsOpenUntilTheyAreClosed() {
    var endless =
        new Question(Answers.request(StubModel.HELD, true), Answers.chunk(StubModel.HELD, 0));

    try (HeldStreams held = load.hold(target, endless, 100, Duration.ofSeconds(5))) {
      assertThat(held.flowing()).isEqualTo(100);
    }
  }

  @Test
  void refusesLoadsWithoutBounds() {
    assertThatThrownBy(() -> new Load.Closed(100_000, BRIEFLY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Load.Fixed(10, Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Question question(StubModel model) {
    return new Question(Answers.request(model, false), Answers.json(model));
  }

  private static Question stream(StubModel model) {
    return new Question(Answers.request(model, true), Answers.stream(model));
  }
}
