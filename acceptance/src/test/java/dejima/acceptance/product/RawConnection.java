package dejima.acceptance.product;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A TCP connection over which a test writes HTTP by hand, well or badly.
public final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;

  private RawConnection(Socket socket) {
    this.socket = socket;
  }

  /// Connects to a loopback port.
  public static RawConnection to(int port) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      return new RawConnection(socket);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Sends bytes as they are; what the other end no longer takes is dropped.
  public RawConnection send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException closed) {
      return this;
    }
    return this;
  }

  /// Sends text; its newlines go out as CRLF.
  public RawConnection send(String text) {
    return send(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /// What comes until a word has come, or everything if it never does.
  public String readUntil(String word) {
    StringBuilder read = new StringBuilder();
    byte[] buffer = new byte[8192];
    try {
      InputStream in = socket.getInputStream();
      int count = in.read(buffer);
      while (count >= 0) {
        read.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        count = read.indexOf(word) >= 0 ? -1 : in.read(buffer);
      }
    } catch (IOException closed) {
      read.append("(reset)");
    }
    return read.toString();
  }

  /// Everything that comes until the other end closes, or what has come when it stays silent for
  /// too long, which `(silence)` marks.
  public String readToEnd() {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      InputStream in = socket.getInputStream();
      int count = in.read(buffer);
      while (count >= 0) {
        read.write(buffer, 0, count);
        count = in.read(buffer);
      }
    } catch (SocketTimeoutException silence) {
      read.writeBytes("(silence)".getBytes(StandardCharsets.UTF_8));
    } catch (IOException reset) {
      read.writeBytes("(reset)".getBytes(StandardCharsets.UTF_8));
    }
    return read.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
