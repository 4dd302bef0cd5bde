package dejima.location;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

/// A way between a landmark and a site that is as long as wanted, and on which somebody may sit who
/// has habits of his own.
final class SlowWay implements AutoCloseable {
  private final DatagramSocket near;
  private final DatagramSocket far;
  private final long nanos;
  private final Habit habit;
  private final Thread thread;

  /// What somebody near the landmark sends before the true answer comes.
  interface Habit {
    Habit NONE = (question, answerBefore, send) -> {};

    void onQuestion(byte[] question, byte[] answerBefore, Sending send) throws IOException;
  }

  /// Sends to the landmark at once.
  interface Sending {
    void send(byte[] datagram) throws IOException;
  }

  private SlowWay(DatagramSocket near, DatagramSocket far, Duration roundTrip, Habit habit) {
    this.near = near;
    this.far = far;
    this.nanos = roundTrip.toNanos();
    this.habit = habit;
    this.thread = Thread.ofPlatform().daemon().start(this::carryAll);
  }

  static SlowWay to(int port, Duration roundTrip, Habit habit) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    DatagramSocket far = new DatagramSocket(0, here);
    far.connect(new InetSocketAddress(here, port));
    far.setSoTimeout(50);
    return new SlowWay(new DatagramSocket(0, here), far, roundTrip, habit);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), near.getLocalPort());
  }

  private void carryAll() {
    byte[] before = new byte[0];
    while (!near.isClosed()) {
      try {
        DatagramPacket question = new DatagramPacket(new byte[2048], 2048);
        near.receive(question);
        long came = System.nanoTime();
        byte[] asked = bytes(question);
        habit.onQuestion(asked, before, datagram -> give(datagram, question));
        while (System.nanoTime() - came < nanos) {
          Thread.onSpinWait();
        }
        far.send(new DatagramPacket(asked, asked.length));
        DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
        far.receive(answer);
        before = bytes(answer);
        give(before, question);
      } catch (SocketTimeoutException silence) {
        // the site did not answer
      } catch (IOException closed) {
        // the next turn sees whether it is over
      }
    }
  }

  private void give(byte[] datagram, DatagramPacket asker) throws IOException {
    near.send(new DatagramPacket(datagram, datagram.length, asker.getSocketAddress()));
  }

  private static byte[] bytes(DatagramPacket packet) {
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  @Override
  public void close() {
    near.close();
    far.close();
    try {
      thread.join(1_000);
    } catch (InterruptedException stopped) {
      throw new UncheckedIOException(new IOException(stopped));
    }
  }
}
