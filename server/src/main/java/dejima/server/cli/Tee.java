package dejima.server.cli;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream that keeps what is read from it.
final class Tee extends FilterInputStream {
  private final ByteArrayOutputStream kept;

  Tee(InputStream source, ByteArrayOutputStream kept) {
    super(source);
    this.kept = kept;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    if (one >= 0) {
      kept.write(one);
    }
    return one;
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    int read = super.read(into, from, count);
    if (read > 0) {
      kept.write(into, from, read);
    }
    return read;
  }
}
