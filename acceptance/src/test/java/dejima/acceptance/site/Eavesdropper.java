package dejima.acceptance.site;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Somebody on the way between clients and a listener of this machine, who passes every byte on and
/// keeps a copy of it.
public final class Eavesdropper implements AutoCloseable {
  private static final int BUFFER = 16 << 10;

  private final ServerSocket door;
  private final int port;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  private Eavesdropper(ServerSocket door, int port) {
    this.door = door;
    this.port = port;
    Thread.ofVirtual().start(this::accept);
  }

  /// One before this port.
  public static Eavesdropper before(int port) throws IOException {
    return new Eavesdropper(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
  }

  /// Where clients connect instead.
  public String url() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /// All bytes of both directions so far.
  public byte[] heard() {
    synchronized (heard) {
      return heard.toByteArray();
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        Thread.ofVirtual().start(() -> pass(client, server));
        Thread.ofVirtual().start(() -> pass(server, client));
      } catch (IOException closed) {
        // the loop sees whether it is over
      }
    }
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        synchronized (heard) {
          heard.write(buffer, 0, read);
        }
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException over) {
      // one end has closed, and both do now
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
