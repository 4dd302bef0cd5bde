package dejima.evidence;

/// The size and Merkle root of a log at one moment (RFC 9162 §4.10).
///
/// @param size number of entries below the root
/// @param root SHA-256 root hash, base64
public record TreeHead(long size, String root) {}
