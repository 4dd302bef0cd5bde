package dejima.server.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Writes plain files into a tar archive (POSIX.1-1988 `ustar`). What tells one machine from
/// another is left out, so that the same files give the same archive.
final class TarWriter {
  static final int BLOCK = 512;
  static final int LONGEST_NAME = 100;

  private final OutputStream out;

  TarWriter(OutputStream out) {
    this.out = out;
  }

  /// Adds a file.
  ///
  /// @param name within the archive, at most 100 bytes
  void add(String name, Path file) throws IOException {
    long size = Files.size(file);
    out.write(header(name, size));
    try (InputStream in = Files.newInputStream(file)) {
      if (in.transferTo(out) != size) {
        throw new IOException(file + " changed while it was read");
      }
    }
    out.write(new byte[(int) (-size & (BLOCK - 1))]);
  }

  /// Ends the archive.
  void end() throws IOException {
    out.write(new byte[2 * BLOCK]);
    out.flush();
  }

  private static byte[] header(String name, long size) {
    byte[] header = new byte[BLOCK];
    if (name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("too long for an archive: " + name);
    }
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(size));
    put(header, 136, "%011o\0".formatted(0));
    put(header, 156, "0");
    put(header, 257, "ustar\00000");
    put(header, 148, "%06o\0 ".formatted(checksum(header)));
    return header;
  }

  /// The sum of a header's bytes, those of the sum itself taken as spaces.
  static int checksum(byte[] header) {
    byte[] copy = header.clone();
    Arrays.fill(copy, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte one : copy) {
      sum += Byte.toUnsignedInt(one);
    }
    return sum;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
