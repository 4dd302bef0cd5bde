package dejima.acceptance.site;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// A way over UDP to a port of this machine that takes as long as distance would. Several may ask
/// over it, one question after the other.
public final class LongWay implements AutoCloseable {
  private static final int LONGEST = 2_048;
  private static final int ANSWER_MILLIS = 50;

  private final DatagramSocket near;
  private final DatagramSocket far;
  private volatile long nanos;

  private LongWay(DatagramSocket near, DatagramSocket far, Duration roundTrip) {
    this.near = near;
    this.far = far;
    this.nanos = roundTrip.toNanos();
    Thread.ofPlatform().daemon().start(this::carry);
  }

  /// A way to a port.
  public static LongWay to(int port, Duration roundTrip) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    DatagramSocket far = new DatagramSocket(0, here);
    far.connect(new InetSocketAddress(here, port));
    far.setSoTimeout(ANSWER_MILLIS);
    return new LongWay(new DatagramSocket(0, here), far, roundTrip);
  }

  /// Where it begins.
  public int port() {
    return near.getLocalPort();
  }

  /// From now on it takes as long as this, there and back.
  public void takes(Duration roundTrip) {
    nanos = roundTrip.toNanos();
  }

  private void carry() {
    while (!near.isClosed()) {
      try {
        DatagramPacket question = new DatagramPacket(new byte[LONGEST], LONGEST);
        near.receive(question);
        long came = System.nanoTime();
        while (System.nanoTime() - came < nanos) {
          Thread.onSpinWait();
        }
        far.send(new DatagramPacket(question.getData(), question.getLength()));
        DatagramPacket answer = new DatagramPacket(new byte[LONGEST], LONGEST);
        far.receive(answer);
        near.send(
            new DatagramPacket(answer.getData(), answer.getLength(), question.getSocketAddress()));
      } catch (SocketTimeoutException silence) {
        // nobody answered; the next question comes
      } catch (IOException closed) {
        // the loop sees whether it is over
      }
    }
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }
}
