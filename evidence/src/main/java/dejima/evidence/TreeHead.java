package dejima.evidence;

import java.time.Instant;

/// The size and Merkle root of a log at one moment (RFC 9162 §4.10), signed in its checkpoint.
///
/// @param origin which log
/// @param size number of entries below the root
/// @param root SHA-256 root hash, base64
/// @param time when the log signed it; the checkpoint itself carries no time
public record TreeHead(String origin, long size, String root, Instant time) {}
