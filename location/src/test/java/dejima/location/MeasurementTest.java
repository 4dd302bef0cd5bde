package dejima.location;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.StrictBase64;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Landmark and site over real sockets, with a way between them that takes as long as distance
/// would, and with attackers on it.
class MeasurementTest {
  private static final Duration TWO = Duration.ofMillis(2);
  private static final Duration FOUR = Duration.ofMillis(4);

  private final World world = new World();

  @Test
  void provesASiteInOsakaAtTwoMilliseconds() {
    assertThat(judged(measured(TWO, SlowWay.Habit.NONE))).isInstanceOf(Verdict.Proved.class);
  }

  @Test
  void leavesASiteInOsakaUnprovedAtFourMilliseconds() {
    assertThat(judged(measured(FOUR, SlowWay.Habit.NONE)))
        .isEqualTo(new Verdict.Unproved(Doubt.REACHES_FOREIGN_LAND));
  }

  @Test
  void takesTheShortestOfAllRounds() {
    Challenger.Measured.Answered answered = measured(TWO, SlowWay.Habit.NONE);

    assertThat(answered.roundTrips()).hasSize(24);
    assertThat(answered.refused()).isZero();
    assertThat(shortest(answered).nanos()).isGreaterThanOrEqualTo(TWO.toNanos());
  }

  @Test
  void takesNoReplayOfAnEarlierAnswerForAnEarlyOne() {
    Challenger.Measured.Answered answered =
        measured(
            FOUR,
            (_, before, send) -> {
              if (before.length > 0) {
                send.send(before);
              }
            });

    assertThat(answered.refused()).isGreaterThanOrEqualTo(20);
    assertThat(shortest(answered).nanos()).isGreaterThanOrEqualTo(FOUR.toNanos());
  }

  @Test
  void takesNoEarlyReplyWithTheRightSequence() {
    Challenger.Measured.Answered answered =
        measured(
            FOUR,
            (question, before, send) -> {
              byte[] early = question.clone();
              early[4] = Datagrams.ANSWER;
              if (before.length > 0) {
                System.arraycopy(before, Datagrams.TAIL, early, Datagrams.TAIL, Datagrams.NONCE);
              }
              send.send(early);
            });

    assertThat(answered.refused()).isGreaterThanOrEqualTo(20);
    assertThat(shortest(answered).nanos()).isGreaterThanOrEqualTo(FOUR.toNanos());
  }

  /// Somebody abroad who guesses when the next question comes and answers ahead of it.
  @Test
  void takesNoAnswerThatLaySentBeforeTheQuestion() {
    Challenger.Measured.Answered answered =
        measured(
            FOUR,
            (question, _, send) -> {
              byte[] ahead = question.clone();
              ahead[4] = Datagrams.ANSWER;
              ahead[27]++;
              send.send(ahead);
            });

    assertThat(shortest(answered).nanos()).isGreaterThanOrEqualTo(FOUR.toNanos());
  }

  @Test
  void takesNoAnswerThatIsLongerOrShorter() {
    Challenger.Measured.Answered answered =
        measured(
            Duration.ZERO,
            (question, _, send) -> {
              send.send(Arrays.copyOf(question, 59));
              send.send(Arrays.copyOf(question, 61));
              send.send(new byte[0]);
            });

    assertThat(answered.refused()).isGreaterThanOrEqualTo(3 * 20);
  }

  @Test
  void givesUpWhenItIsFlooded() throws IOException {
    Challenger.Measured measured =
        world.measure(
            world.first,
            Duration.ZERO,
            (_, _, send) -> {
              for (int i = 0; i < 300; i++) {
                send.send(new byte[60]);
              }
            });

    assertThat(measured)
        .isInstanceOfAny(Challenger.Measured.Silent.class, Challenger.Measured.Answered.class);
    if (measured instanceof Challenger.Measured.Answered answered) {
      assertThat(answered.roundTrips()).hasSizeLessThan(Transcript.LEAST_ROUNDS);
    }
  }

  /// A twin in the country that holds the site's key, while the traffic goes to the one abroad.
  @Test
  void hearsNothingFromATwinThatDoesNotCarryTheTraffic() throws IOException {
    MeasurementId id = MeasurementId.fresh(World.RANDOM);
    byte[] other = new byte[32];
    other[31] = 1;
    TlsBinding itsOwn = new TlsBinding(StrictBase64.text(other));
    try (Responder twin = Responder.at(World.anyPort(), System::nanoTime)) {
      twin.open(id, world.siteKey(world.first, itsOwn, id));

      assertThat(
              World.challenger()
                  .measure(loopback(twin.port()), id, world.landmarkKey(world.first, id)))
          .isInstanceOf(Challenger.Measured.Silent.class);
    }
  }

  @Test
  void hearsNothingWhereNobodyListens() throws IOException {
    MeasurementId id = MeasurementId.fresh(World.RANDOM);
    int gone;
    try (Responder responder = Responder.at(World.anyPort(), System::nanoTime)) {
      gone = responder.port();
    }

    assertThat(World.challenger().measure(loopback(gone), id, world.landmarkKey(world.first, id)))
        .isEqualTo(new Challenger.Measured.Silent(0));
  }

  /// The monotonic clock of a broken machine stands still, or runs back.
  @Test
  void measuresNothingWithAClockThatStandsStillOrRunsBack() throws IOException {
    for (long step : new long[] {0, -1_000_000}) {
      AtomicLong clock = new AtomicLong(Long.MAX_VALUE / 2);
      Challenger broken =
          new Challenger(Challenger.Settings.USUAL, World.RANDOM, () -> clock.getAndAdd(step));
      MeasurementId id = MeasurementId.fresh(World.RANDOM);
      try (Responder responder = Responder.at(World.anyPort(), System::nanoTime)) {
        responder.open(id, world.siteKey(world.first, World.TLS, id));

        assertThat(
                broken.measure(loopback(responder.port()), id, world.landmarkKey(world.first, id)))
            .isInstanceOf(Challenger.Measured.Silent.class);
      }
    }
  }

  @Test
  void answersNothingButQuestionsOfOpenMeasurements() throws IOException {
    MeasurementId id = MeasurementId.fresh(World.RANDOM);
    AtomicLong now = new AtomicLong();
    try (Responder responder = Responder.at(World.anyPort(), now::get);
        DatagramSocket asker = new DatagramSocket()) {
      responder.open(id, world.siteKey(world.first, World.TLS, id));
      asker.setSoTimeout(150);
      asker.connect(loopback(responder.port()));

      assertThat(answer(asker, question(id, 1))).hasSize(60);
      for (byte[] bad :
          List.of(
              question(MeasurementId.fresh(World.RANDOM), 1),
              question(id, 0),
              question(id, -1),
              question(id, 129),
              Arrays.copyOf(question(id, 1), 59),
              Arrays.copyOf(question(id, 1), 61),
              Datagrams.of(Datagrams.ANSWER, id, 1),
              new byte[60])) {
        assertThat(answer(asker, bad)).isEmpty();
      }
      now.set(Responder.OPEN.toNanos() + 1);
      assertThat(answer(asker, question(id, 2))).isEmpty();
      assertThat(responder.close(id)).isEmpty();
    }
  }

  @Test
  void answersNoMoreThanAMeasurementNeeds() throws IOException {
    MeasurementId id = MeasurementId.fresh(World.RANDOM);
    try (Responder responder = Responder.at(World.anyPort(), System::nanoTime);
        DatagramSocket asker = new DatagramSocket()) {
      responder.open(id, world.siteKey(world.first, World.TLS, id));
      asker.setSoTimeout(150);
      asker.connect(loopback(responder.port()));
      int answered = 0;
      while (answered < 1_000 && answer(asker, question(id, 1)).length > 0) {
        answered++;
      }

      assertThat(answered).isEqualTo(2 * Transcript.MOST_ROUNDS);
      assertThat(responder.close(id)).contains(answered);
    }
  }

  @Test
  void opensNoMeasurementTwiceAndNotTooMany() {
    try (Responder responder = Responder.at(World.anyPort(), System::nanoTime)) {
      MeasurementId id = MeasurementId.fresh(World.RANDOM);
      SessionKey key = world.siteKey(world.first, World.TLS, id);

      assertThat(responder.open(id, key)).isEmpty();
      assertThat(responder.open(id, key)).isPresent();
      for (int i = 1; i < Responder.MOST_OPEN; i++) {
        assertThat(responder.open(MeasurementId.fresh(World.RANDOM), key)).isEmpty();
      }
      assertThat(responder.open(MeasurementId.fresh(World.RANDOM), key))
          .hasValueSatisfying(reason -> assertThat(reason).contains("too many"));
    }
  }

  private static byte[] question(MeasurementId id, int sequence) {
    return Datagrams.of(Datagrams.QUESTION, id, sequence);
  }

  private static byte[] answer(DatagramSocket asker, byte[] question) throws IOException {
    asker.send(new DatagramPacket(question, question.length));
    DatagramPacket answer = new DatagramPacket(new byte[128], 128);
    try {
      asker.receive(answer);
      return Arrays.copyOf(answer.getData(), answer.getLength());
    } catch (SocketTimeoutException silence) {
      return new byte[0];
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private Challenger.Measured.Answered measured(Duration roundTrip, SlowWay.Habit habit) {
    return (Challenger.Measured.Answered) world.measure(world.first, roundTrip, habit);
  }

  private static RoundTrip shortest(Challenger.Measured.Answered answered) {
    return answered.roundTrips().stream().min(RoundTrip::compareTo).orElseThrow();
  }

  private Verdict judged(Challenger.Measured.Answered answered) {
    Transcript transcript = world.transcript(world.first, World.NOON, answered.roundTrips());
    return LocationEntry.of(
            World.SITE, World.OSAKA, world.signed(world.first, transcript), world.trusted())
        .judge(world.trusted());
  }
}
