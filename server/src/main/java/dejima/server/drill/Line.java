package dejima.server.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A line to a site that can be cut: what connects to it on loopback is passed on byte for byte,
/// until every connection breaks at once and new ones are refused, as when an operator is gone.
final class Line implements AutoCloseable {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int BUFFER = 16 << 10;

  private final InetSocketAddress site;
  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  private Line(InetSocketAddress site, ServerSocket door) {
    this.site = site;
    this.door = door;
  }

  /// Lays a line to a site.
  ///
  /// @throws UncheckedIOException if this machine gives no port
  static Line to(InetSocketAddress site) {
    try {
      Line line = new Line(site, new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("drill-line").start(line::take);
      return line;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Where it begins.
  InetSocketAddress door() {
    return new InetSocketAddress(door.getInetAddress(), door.getLocalPort());
  }

  private void take() {
    while (!cut) {
      try {
        Socket near = door.accept();
        Thread.ofVirtual().start(() -> join(near));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void join(Socket near) {
    Socket far = new Socket();
    try (near;
        far) {
      open.add(near);
      open.add(far);
      far.connect(site, CONNECT_MILLIS);
      if (cut) {
        return;
      }
      Thread back = Thread.ofVirtual().start(() -> pass(far, near));
      pass(near, far);
      back.join();
    } catch (IOException broken) {
      abandon(near); // what the site does to the line, the line does to its caller
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(near);
      open.remove(far);
    }
  }

  /// The end of one direction is passed on too; a break ends both.
  private static void pass(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
      to.shutdownOutput();
    } catch (IOException broken) {
      abandon(from);
      abandon(to);
    }
  }

  private static void abandon(Socket socket) {
    try {
      socket.setSoLinger(true, 0); // a reset, as from a machine that is gone
      socket.close();
    } catch (IOException gone) {
      // It broke by itself.
    }
  }

  /// Cuts it: every connection is reset, and none is taken any more.
  void cut() {
    cut = true;
    try {
      door.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    open.forEach(Line::abandon);
  }

  @Override
  public void close() {
    cut();
  }
}
