package dejima.server.witness;

import dejima.evidence.Checkpoint;
import dejima.evidence.EvidenceLog;
import dejima.evidence.NoteKey;
import dejima.evidence.Reading;
import dejima.evidence.SignedNote;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// One witness at its address (C2SP tlog-witness, the client's side). One call at a time.
final class RemoteWitness {
  private static final Duration LONGEST = Duration.ofSeconds(4);
  private static final int LONGEST_ANSWER = 1 << 16;
  private static final Pattern SIZE = Pattern.compile("(0|[1-9][0-9]{0,17})\n");

  /// A first guess at the size that the witness saw last, and a second that it told.
  private static final int TRIES = 2;

  private final URI address;
  private final List<NoteKey> keys;
  private final HttpClient http;
  private long size;

  /// @param address the witness's submission prefix
  /// @param keys the keys that it is known by
  RemoteWitness(URI address, List<NoteKey> keys, HttpClient http) {
    this.address = address;
    this.keys = List.copyOf(keys);
    this.http = http;
  }

  URI address() {
    return address;
  }

  /// The key names, each once.
  String name() {
    return String.join(", ", keys.stream().map(NoteKey::name).distinct().toList());
  }

  /// Asks for cosignatures of a checkpoint of this log.
  Reply cosign(EvidenceLog log, SignedNote note) {
    var head = Checkpoint.parse(note.text()).orThrow();
    try {
      for (int i = 0; i < TRIES; i++) {
        if (size > head.size()) {
          return new Reply.Lied(
              "it says that it saw %d entries where this log has %d".formatted(size, head.size()));
        }
        var answer = http.send(request(log, note, head), body());
        if (!isStale(answer)) {
          return reply(answer, note, head);
        }
        size = told(answer).orElse(head.size() + 1);
      }
      return new Reply.Unavailable("it gave two sizes for one log");
    } catch (IOException unreachable) {
      return new Reply.Unavailable(String.valueOf(unreachable.getMessage()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Reply.Unavailable("this server is stopping");
    }
  }

  private static HttpResponse.BodyHandler<String> body() {
    return BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_ANSWER);
  }

  private HttpRequest request(EvidenceLog log, SignedNote note, Checkpoint head) {
    var body = new StringBuilder("old ").append(size).append('\n');
    log.consistency(size, head.size()).forEach(hash -> body.append(hash).append('\n'));
    body.append('\n').append(note.noteText());
    String prefix = address.toString();
    return HttpRequest.newBuilder(
            URI.create((prefix.endsWith("/") ? prefix : prefix + "/") + "add-checkpoint"))
        .timeout(LONGEST)
        .header("Content-Type", "text/plain; charset=utf-8")
        .POST(BodyPublishers.ofString(body.toString()))
        .build();
  }

  private static boolean isStale(HttpResponse<String> answer) {
    return answer.statusCode() == 409
        && answer
            .headers()
            .firstValue("Content-Type")
            .filter(type -> type.startsWith("text/x.tlog.size"))
            .isPresent();
  }

  private static Optional<Long> told(HttpResponse<String> answer) {
    var size = SIZE.matcher(answer.body());
    return size.matches() ? Optional.of(Long.parseLong(size.group(1))) : Optional.empty();
  }

  private Reply reply(HttpResponse<String> answer, SignedNote note, Checkpoint head) {
    return switch (answer.statusCode()) {
      case 200 -> cosigned(answer.body(), note, head);
      case 409, 422 -> {
        size = 0; // ask anew what it saw
        yield new Reply.Lied(
            "it says that this log has a second history (status " + answer.statusCode() + ")");
      }
      case 403 ->
          new Reply.Unavailable(
              "it does not trust the key with which this log signs; give it the log's present key");
      case 404 -> new Reply.Unavailable("it does not follow this log; give it the log's key");
      default -> new Reply.Unavailable("it answered with status " + answer.statusCode());
    };
  }

  private Reply cosigned(String body, SignedNote note, Checkpoint head) {
    var lines = new HashMap<NoteKey, SignedNote.Line>();
    for (String text : body.lines().toList()) {
      if (SignedNote.Line.parse(text) instanceof Reading.Read<SignedNote.Line>(var line)) {
        for (NoteKey key : keys) {
          if (line.isBy(key) && !line.verifies(key, note.text())) {
            return new Reply.Lied("its cosignature does not verify");
          }
          if (line.isBy(key)) {
            lines.put(key, line);
          }
        }
      }
    }
    if (lines.isEmpty()) {
      return new Reply.Lied("it signed with none of the keys that it is known by");
    }
    size = head.size();
    return new Reply.Cosigned(lines);
  }
}
