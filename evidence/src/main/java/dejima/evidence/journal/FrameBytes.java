package dejima.evidence.journal;

/// A frame and the array in which it stands.
public final class FrameBytes {
  private final Frame frame;
  private final byte[] bytes;

  FrameBytes(Frame frame, byte[] bytes) {
    this.frame = frame;
    this.bytes = bytes;
  }

  /// The frame.
  public Frame frame() {
    return frame;
  }

  /// A copy of its body.
  public byte[] body() {
    return frame.body(bytes);
  }
}
