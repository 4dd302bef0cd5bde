package dejima.audit.monitor;

import java.util.Optional;

/// Where a log's public files (C2SP tlog-tiles) are read from: one vantage point.
@FunctionalInterface
interface LogSource {
  /// A file below the log's prefix, if there is one.
  ///
  /// @throws SourceUnavailable if it cannot be told
  Optional<byte[]> file(String path);

  /// As [#file], of a file that a log must have.
  ///
  /// @throws SourceUnavailable if it is not there
  default byte[] required(String path) {
    return file(path)
        .orElseThrow(() -> new SourceUnavailable("the log does not serve its file " + path));
  }
}
