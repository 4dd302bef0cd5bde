package dejima.server.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LineTest {
  private static ServerSocket echo() throws IOException {
    ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            try {
              Socket caller = server.accept();
              Thread.ofVirtual().start(() -> echo(caller));
            } catch (IOException closed) {
              return;
            }
          }
        });
    return server;
  }

  private static void echo(Socket caller) {
    try (caller) {
      caller.getInputStream().transferTo(caller.getOutputStream());
    } catch (IOException reset) {
      // as the test wants it
    }
  }

  private static Socket call(Line line) throws IOException {
    return new Socket(line.door().getAddress(), line.door().getPort());
  }

  @Test
  void passesBytesOnUnchangedAndTheEndToo() throws IOException {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    try (ServerSocket site = echo();
        Line line = Line.to((InetSocketAddress) site.getLocalSocketAddress());
        Socket caller = call(line)) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              caller.getOutputStream().write(bytes);
              caller.shutdownOutput();
            } catch (IOException broken) {
              throw new AssertionError(broken);
            }
          });

      assertThat(caller.getInputStream().readAllBytes()).isEqualTo(bytes);
    }
  }

  /// The system may let one more in while the thread that accepts wakes up.
  private static void callUntilRefused(Line line) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (System.nanoTime() < end) {
      call(line).close();
    }
  }

  @Test
  void breaksWhatIsOpenAndRefusesTheRest() throws IOException {
    try (ServerSocket site = echo();
        Line line = Line.to((InetSocketAddress) site.getLocalSocketAddress());
        Socket caller = call(line)) {
      caller.getOutputStream().write(7);
      assertThat(caller.getInputStream().read()).isEqualTo(7);

      line.cut();

      assertThatThrownBy(
              () -> {
                int end = caller.getInputStream().read();
                throw new SocketException("ended with " + end);
              })
          .isInstanceOf(SocketException.class);
      assertThatThrownBy(() -> callUntilRefused(line)).isInstanceOf(ConnectException.class);
    }
  }
}
