package dejima.server.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/// Reads the archives that [TarWriter] writes, and no others: plain files with names that cannot
/// lead out of a directory. It trusts nothing that it reads, and leaves room on the disk for those
/// who have to write there meanwhile.
final class TarReader {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,9}");
  private static final long LONGEST_FILE = 1L << 32;
  private static final int MOST_FILES = 50_000_000;
  private static final int BUFFER = 64 << 10;
  private static final int LONGEST_END = 64 << 10;
  private static final long ROOM = 256L << 20;

  private final InputStream in;
  private final long mostBytes;

  /// @param mostBytes how long all files together may be
  TarReader(InputStream in, long mostBytes) {
    this.in = in;
    this.mostBytes = mostBytes;
  }

  /// The archive is not one of ours, or is not whole.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String reason) {
      super(reason);
    }
  }

  /// Puts every file below a directory, in which none of them may be yet.
  ///
  /// @return how many there were
  int unpack(Path directory) throws Malformed {
    long total = 0;
    for (int files = 0; files < MOST_FILES; files++) {
      byte[] header = block();
      if (isZero(header)) {
        end();
        return files;
      }
      String name = name(header);
      long size = size(header);
      total += size;
      if (total > mostBytes) {
        throw new Malformed("the archive holds more than an export of its length can");
      }
      requireRoom(directory, size);
      write(directory.resolve(name), size);
    }
    throw new Malformed("the archive holds too many files");
  }

  /// After the end come zeros and nothing else, so that every byte of an archive is accounted for.
  private void end() throws Malformed {
    try {
      byte[] rest = in.readNBytes(LONGEST_END);
      if (!isZero(rest) || in.read() >= 0) {
        throw new Malformed("something follows the end of the archive");
      }
    } catch (IOException broken) {
      throw new Malformed("the archive is truncated or damaged");
    }
  }

  private static void requireRoom(Path directory, long size) throws Malformed {
    try {
      Files.createDirectories(directory);
      if (Files.getFileStore(directory).getUsableSpace() - size < ROOM) {
        throw new Malformed(
            "the disk has too little room for what the archive holds; make some and try again");
      }
    } catch (IOException unknown) {
      throw new Malformed("the room on the disk cannot be told: " + unknown.getMessage());
    }
  }

  private byte[] block() throws Malformed {
    byte[] block = new byte[TarWriter.BLOCK];
    read(block, block.length);
    return block;
  }

  private void read(byte[] into, int count) throws Malformed {
    try {
      if (in.readNBytes(into, 0, count) < count) {
        throw new Malformed("the archive is truncated");
      }
    } catch (IOException broken) {
      throw new Malformed("the archive is truncated or damaged");
    }
  }

  private static boolean isZero(byte[] block) {
    for (byte one : block) {
      if (one != 0) {
        return false;
      }
    }
    return true;
  }

  private static String name(byte[] header) throws Malformed {
    String name = text(header, 0, TarWriter.LONGEST_NAME);
    if (number(header, 148, 8) != TarWriter.checksum(header)
        || !text(header, 257, 6).equals("ustar")) {
      throw new Malformed("a header of the archive is damaged");
    }
    if (header[156] != '0' || header[345] != 0) {
      throw new Malformed("the archive holds something else than plain files");
    }
    if (!NAME.matcher(name).matches()) {
      throw new Malformed("the archive holds a file of a name that an export does not have");
    }
    return name;
  }

  private static long size(byte[] header) throws Malformed {
    long size = number(header, 124, 12);
    if (size > LONGEST_FILE) {
      throw new Malformed("the archive holds a file that is too long");
    }
    return size;
  }

  private static String text(byte[] header, int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.ISO_8859_1);
  }

  private static long number(byte[] header, int at, int length) throws Malformed {
    String digits = text(header, at, length).strip();
    if (!digits.matches("[0-7]{1,12}")) {
      throw new Malformed("a header of the archive is damaged");
    }
    return Long.parseLong(digits, 8);
  }

  private void write(Path file, long size) throws Malformed {
    try {
      Files.createDirectories(file.resolveSibling(""));
      try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
        byte[] buffer = new byte[BUFFER];
        for (long left = size; left > 0; ) {
          int part = (int) Math.min(left, buffer.length);
          read(buffer, part);
          out.write(buffer, 0, part);
          left -= part;
        }
      }
    } catch (FileAlreadyExistsException twice) {
      throw new Malformed("the archive holds a file twice");
    } catch (IOException failed) {
      throw new Malformed(
          "a file of the archive cannot be written; is the disk full? " + failed.getMessage());
    }
    int padding = (int) (-size & (TarWriter.BLOCK - 1));
    read(new byte[TarWriter.BLOCK], padding);
  }
}
