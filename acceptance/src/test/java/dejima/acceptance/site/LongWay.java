package dejima.acceptance.site;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

/// A way over UDP to a port of this machine that takes as long as distance would. Several may ask
/// over it, one question after the other. Somebody may sit on it near the asker.
public final class LongWay implements AutoCloseable {
  private static final int LONGEST = 2_048;
  private static final int ANSWER_MILLIS = 200;

  /// The measurement and the sequence, by which an answer belongs to its question.
  private static final int NAMED_FROM = 8;

  private static final int NAMED_TO = 28;

  private final DatagramSocket near;
  private volatile DatagramSocket far;
  private volatile long nanos;
  private volatile Habit habit = Habit.NONE;

  /// What somebody near the asker does before the true answer comes.
  public interface Habit {
    /// Nothing.
    Habit NONE = (question, before, send) -> {};

    /// A question has come.
    ///
    /// @param before the true answer to the question before, empty if there was none
    void onQuestion(byte[] question, byte[] before, Sending send) throws IOException;
  }

  /// Sends to the asker at once.
  public interface Sending {
    /// One datagram.
    void send(byte[] datagram) throws IOException;
  }

  private LongWay(DatagramSocket near, DatagramSocket far, Duration roundTrip) {
    this.near = near;
    this.far = far;
    this.nanos = roundTrip.toNanos();
    Thread.ofPlatform().daemon().start(this::carry);
  }

  /// A way to a port.
  public static LongWay to(int port, Duration roundTrip) throws IOException {
    return new LongWay(
        new DatagramSocket(0, InetAddress.getLoopbackAddress()), connected(port), roundTrip);
  }

  private static DatagramSocket connected(int port) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    DatagramSocket far = new DatagramSocket(0, here);
    far.connect(new InetSocketAddress(here, port));
    far.setSoTimeout(ANSWER_MILLIS);
    return far;
  }

  /// Where it begins.
  public int port() {
    return near.getLocalPort();
  }

  /// From now on it takes as long as this, there and back.
  public void takes(Duration roundTrip) {
    nanos = roundTrip.toNanos();
  }

  /// From now on it leads to another port.
  public void leadsTo(int port) throws IOException {
    DatagramSocket before = far;
    far = connected(port);
    before.close();
  }

  /// From now on somebody with this habit sits on it.
  public void meets(Habit somebody) {
    habit = somebody;
  }

  private void carry() {
    byte[] before = new byte[0];
    while (!near.isClosed()) {
      try {
        DatagramPacket question = new DatagramPacket(new byte[LONGEST], LONGEST);
        near.receive(question);
        long came = System.nanoTime();
        byte[] asked = Arrays.copyOf(question.getData(), question.getLength());
        habit.onQuestion(asked, before, datagram -> give(datagram, question));
        while (System.nanoTime() - came < nanos) {
          Thread.onSpinWait();
        }
        DatagramSocket there = far;
        there.send(new DatagramPacket(asked, asked.length));
        before = answer(there, asked);
        give(before, question);
      } catch (SocketTimeoutException silence) {
        // nobody answered; the next question comes
      } catch (IOException closed) {
        // the loop sees whether it is over
      }
    }
  }

  /// An answer that comes too late is not passed on as the one to the next question.
  private static byte[] answer(DatagramSocket there, byte[] asked) throws IOException {
    while (true) {
      DatagramPacket answer = new DatagramPacket(new byte[LONGEST], LONGEST);
      there.receive(answer);
      byte[] came = Arrays.copyOf(answer.getData(), answer.getLength());
      if (Arrays.equals(came, NAMED_FROM, NAMED_TO, asked, NAMED_FROM, NAMED_TO)) {
        return came;
      }
    }
  }

  private void give(byte[] datagram, DatagramPacket asker) throws IOException {
    near.send(new DatagramPacket(datagram, datagram.length, asker.getSocketAddress()));
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }
}
