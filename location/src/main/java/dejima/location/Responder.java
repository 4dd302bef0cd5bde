package dejima.location;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// The site's side of the fast phase: a UDP port that answers the questions of measurements that
/// were opened, each for a short time and a limited number of times, and nothing else.
///
/// An answer is as long as its question. What is not a question of an open measurement costs one
/// look into a table.
public final class Responder implements AutoCloseable {
  /// How long a measurement stays open.
  public static final Duration OPEN = Duration.ofSeconds(30);

  /// How many may be open at once: several gateways ask many landmarks each minute, and what a
  /// landmark never finished stays open for its time.
  public static final int MOST_OPEN = 1_024;

  /// A network may double a question now and then; whoever repeats it more often gets nothing.
  private static final int MOST_ANSWERS = 2 * Transcript.MOST_ROUNDS;

  private final DatagramChannel channel;
  private final LongSupplier nanoTime;
  private final Map<MeasurementId, Live> live = new ConcurrentHashMap<>();
  private final Thread thread;

  /// A measurement that is open. Only the responder's thread answers.
  private static final class Live {
    private final SessionKey.Answering answering;
    private final long since;
    private final AtomicInteger answered = new AtomicInteger();

    private Live(SessionKey.Answering answering, long since) {
      this.answering = answering;
      this.since = since;
    }
  }

  private Responder(DatagramChannel channel, LongSupplier nanoTime) {
    this.channel = channel;
    this.nanoTime = nanoTime;
    this.thread = Thread.ofPlatform().name("location").daemon().unstarted(this::answerAll);
  }

  /// Listens.
  ///
  /// @param address port 0 lets the system choose
  /// @param nanoTime a monotonic clock
  /// @throws UncheckedIOException if nothing can listen there
  public static Responder at(InetSocketAddress address, LongSupplier nanoTime) {
    try {
      DatagramChannel channel = DatagramChannel.open();
      try {
        channel.bind(address);
      } catch (IOException | RuntimeException refused) {
        channel.close();
        throw refused;
      }
      Responder responder = new Responder(channel, nanoTime);
      responder.thread.start();
      return responder;
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot listen for landmarks at " + address, refused);
    }
  }

  /// The port that it listens on.
  public int port() {
    return channel.socket().getLocalPort();
  }

  /// Opens a measurement: its questions are answered from now on.
  ///
  /// @return why not, if it is not opened
  public Optional<String> open(MeasurementId measurement, SessionKey key) {
    long now = nanoTime.getAsLong();
    live.values().removeIf(one -> isOver(one, now));
    if (live.size() >= MOST_OPEN) {
      return Optional.of("too many measurements are open; try again in half a minute");
    }
    return live.putIfAbsent(measurement, new Live(key.answering(), now)) == null
        ? Optional.empty()
        : Optional.of("this measurement was opened before");
  }

  /// Closes a measurement.
  ///
  /// @return how many questions were answered; none if it was not open
  public Optional<Integer> close(MeasurementId measurement) {
    return Optional.ofNullable(live.remove(measurement))
        .filter(one -> !isOver(one, nanoTime.getAsLong()))
        .map(one -> one.answered.get());
  }

  private static boolean isOver(Live one, long now) {
    return now - one.since > OPEN.toNanos();
  }

  private void answerAll() {
    ByteBuffer in = ByteBuffer.allocateDirect(Datagrams.LENGTH + 1);
    ByteBuffer out = ByteBuffer.allocateDirect(Datagrams.LENGTH);
    byte[] datagram = new byte[Datagrams.LENGTH];
    while (channel.isOpen()) {
      try {
        SocketAddress sender = channel.receive(in.clear());
        in.flip();
        if (in.remaining() == Datagrams.LENGTH) {
          in.get(datagram);
          if (answer(datagram)) {
            channel.send(out.clear().put(datagram).flip(), sender);
          }
        }
      } catch (ClosedChannelException closed) {
        return;
      } catch (IOException unreachable) {
        // the asker has gone; the next question is another's
      }
    }
  }

  /// Turns a question into its answer, if it is one that is answered.
  private boolean answer(byte[] datagram) {
    if (!Datagrams.is(Datagrams.QUESTION, datagram, datagram.length)) {
      return false;
    }
    Live one = live.get(Datagrams.measurement(datagram));
    int sequence = Datagrams.sequence(datagram);
    if (one == null
        || sequence < 1
        || sequence > Transcript.MOST_ROUNDS
        || one.answered.get() >= MOST_ANSWERS
        || isOver(one, nanoTime.getAsLong())) {
      return false;
    }
    Datagrams.answer(datagram, one.answering.answer(datagram, Datagrams.TAIL, sequence));
    one.answered.incrementAndGet();
    return true;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException late) {
      throw new UncheckedIOException("the location port did not close", late);
    }
  }
}
