package dejima.evidence;

import java.io.Serial;

/// The files of a log contradict each other or what was signed. The log does not open, because
/// going on could sign a second history; whoever runs it has to restore the files.
public final class DamagedLogException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  DamagedLogException(String message) {
    super(message);
  }
}
