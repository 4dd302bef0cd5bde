package dejima.gateway;

import dejima.evidence.Json;
import dejima.evidence.Kind;

/// An entry of the evidence log that bears a site's evidence level.
///
/// @param kind what it records
/// @param id the entry's id, by which the log finds it
/// @param bodyHash the base64 SHA-256 of its body
public record GroundEntry(Kind kind, String id, String bodyHash) {
  Json json() {
    return Json.object().put("kind", kind.text()).put("id", id).put("hash", bodyHash).build();
  }
}
