package dejima.server.console;

import java.time.Instant;

/// The evidence log's newest signed tree head.
///
/// @param origin the log's name in its checkpoints
/// @param size number of entries
/// @param root SHA-256 root hash, base64
public record TreeHeadCard(String origin, long size, String root, Instant time) {}
