package dejima.location;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// The landmark's side of the fast phase: asks one question after the other and takes the time from
/// directly before it is sent until directly after its answer is there.
///
/// Whatever is slow here makes the site seem farther away, never nearer.
public final class Challenger {
  private final Settings settings;
  private final RandomGenerator random;
  private final LongSupplier nanoTime;

  /// How to measure.
  ///
  /// @param rounds questions of one measurement
  /// @param patience how long an answer may take
  /// @param mostLost questions in a row without an answer after which it is given up
  /// @param mostRefused datagrams that are no answer after which it is given up
  public record Settings(int rounds, Duration patience, int mostLost, int mostRefused) {
    /// As landmarks use it.
    public static final Settings USUAL = new Settings(24, Duration.ofMillis(250), 4, 256);

    /// Refuses what could not give a proof or would never end.
    public Settings {
      if (rounds < Transcript.LEAST_ROUNDS || rounds > Transcript.MOST_ROUNDS) {
        throw new IllegalArgumentException("a measurement has 20 to 128 rounds");
      }
      if (patience.toMillis() < 1 || patience.toNanos() > RoundTrip.LONGEST) {
        throw new IllegalArgumentException("an answer is waited for from 1 ms to 10 s");
      }
    }
  }

  /// What came of it.
  public sealed interface Measured {
    /// At least one question was answered.
    ///
    /// @param roundTrips of the answered questions, in order
    /// @param lost questions without an answer
    /// @param refused datagrams that were no answer
    record Answered(List<RoundTrip> roundTrips, int lost, int refused) implements Measured {
      /// Copies the list.
      public Answered {
        roundTrips = List.copyOf(roundTrips);
      }
    }

    /// None was.
    ///
    /// @param refused datagrams that were no answer
    record Silent(int refused) implements Measured {}
  }

  /// @param random cryptographically strong: whoever can foretell a nonce can answer early
  /// @param nanoTime a monotonic clock, such as [System#nanoTime]
  public Challenger(Settings settings, RandomGenerator random, LongSupplier nanoTime) {
    this.settings = settings;
    this.random = random;
    this.nanoTime = nanoTime;
  }

  /// Measures once; blocks until that is done.
  ///
  /// @param site where the site answers
  /// @throws IOException if the network cannot be used at all
  public Measured measure(InetSocketAddress site, MeasurementId measurement, SessionKey key)
      throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(site); // from now on the system drops what others send
      return new Run(socket, measurement, key.answering()).all();
    }
  }

  /// One measurement under way.
  private final class Run {
    private final DatagramSocket socket;
    private final MeasurementId measurement;
    private final SessionKey.Answering expecting;
    private final List<RoundTrip> roundTrips = new ArrayList<>();
    private final byte[] nonce = new byte[Datagrams.NONCE];

    /// One byte more than an answer has, so that a longer datagram is not taken for one.
    private final DatagramPacket received =
        new DatagramPacket(new byte[Datagrams.LENGTH + 1], Datagrams.LENGTH + 1);

    private int refused;

    private Run(DatagramSocket socket, MeasurementId measurement, SessionKey.Answering expecting) {
      this.socket = socket;
      this.measurement = measurement;
      this.expecting = expecting;
    }

    private Measured all() throws IOException {
      int inRow = 0;
      for (int sequence = 1; sequence <= settings.rounds(); sequence++) {
        if (inRow >= settings.mostLost() || refused >= settings.mostRefused()) {
          break;
        }
        inRow = round(sequence) ? 0 : inRow + 1;
      }
      int lost = settings.rounds() - roundTrips.size();
      return roundTrips.isEmpty()
          ? new Measured.Silent(refused)
          : new Measured.Answered(roundTrips, lost, refused);
    }

    private boolean round(int sequence) throws IOException {
      random.nextBytes(nonce);
      byte[] question = Datagrams.of(Datagrams.QUESTION, measurement, sequence);
      System.arraycopy(nonce, 0, question, Datagrams.TAIL, Datagrams.NONCE);
      byte[] answer = Datagrams.of(Datagrams.ANSWER, measurement, sequence);
      byte[] mac = expecting.answer(nonce, 0, sequence);
      System.arraycopy(mac, 0, answer, Datagrams.TAIL, Datagrams.NONCE);
      DatagramPacket packet = new DatagramPacket(question, question.length);
      long sent = nanoTime.getAsLong();
      try {
        socket.send(packet);
        return await(answer, sent);
      } catch (PortUnreachableException nobody) {
        return false;
      }
    }

    /// Waits for exactly this answer, whatever else comes.
    private boolean await(byte[] answer, long sent) throws IOException {
      long patience = settings.patience().toNanos();
      long waited = 0;
      while (waited < patience && refused < settings.mostRefused()) {
        socket.setSoTimeout(Math.toIntExact(Math.max(1, (patience - waited) / 1_000_000)));
        received.setLength(Datagrams.LENGTH + 1);
        try {
          socket.receive(received);
        } catch (SocketTimeoutException silence) {
          return false;
        }
        waited = nanoTime.getAsLong() - sent;
        if (isThe(answer)) {
          return kept(waited);
        }
        refused++;
      }
      return false;
    }

    private boolean isThe(byte[] answer) {
      byte[] came = received.getData();
      return received.getLength() == Datagrams.LENGTH
          && MessageDigest.isEqual(Arrays.copyOf(came, Datagrams.LENGTH), answer);
    }

    /// A clock that stood still or ran back measured nothing.
    private boolean kept(long nanos) {
      if (nanos < 1 || nanos > settings.patience().toNanos()) {
        return false;
      }
      roundTrips.add(new RoundTrip(nanos));
      return true;
    }
  }
}
