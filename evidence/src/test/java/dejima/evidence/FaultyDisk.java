package dejima.evidence;

import dejima.evidence.journal.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/// A disk that breaks on command.
final class FaultyDisk implements Disk {
  private volatile Fault fault = Fault.NONE;

  enum Fault {
    /// Works.
    NONE,
    /// Takes half of each write and then has no space.
    FULL,
    /// Takes everything and loses it: the flush fails.
    NO_FLUSH,
    /// Opens no file any more.
    GONE
  }

  void set(Fault newFault) {
    fault = newFault;
  }

  @Override
  public FileChannel open(Path path, OpenOption... options) throws IOException {
    if (fault == Fault.GONE) {
      throw new IOException("Input/output error");
    }
    return new Faulty(FileChannel.open(path, options));
  }

  private final class Faulty extends FileChannel {
    private final FileChannel channel;

    private Faulty(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      if (fault == Fault.FULL) {
        var half = bytes.slice(bytes.position(), bytes.remaining() / 2);
        channel.write(half, position);
        throw new IOException("No space left on device");
      }
      return channel.write(bytes, position);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      if (fault == Fault.FULL || fault == Fault.NO_FLUSH) {
        throw new IOException("Input/output error");
      }
      channel.force(metaData);
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      return channel.read(bytes);
    }

    @Override
    public long read(ByteBuffer[] bytes, int offset, int length) throws IOException {
      return channel.read(bytes, offset, length);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      return channel.write(bytes);
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
      return channel.write(bytes, offset, length);
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
      return channel.position(newPosition);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      return channel.truncate(size);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target)
        throws IOException {
      return channel.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count)
        throws IOException {
      return channel.transferFrom(source, position, count);
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
      return channel.read(bytes, position);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
      return channel.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
      return channel.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return channel.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      channel.close();
    }
  }
}
