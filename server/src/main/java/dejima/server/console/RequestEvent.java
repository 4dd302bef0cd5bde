package dejima.server.console;

import dejima.residency.DataClass;
import dejima.residency.RequestKind;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A moment in the life of an inference request, as the console shows it. Names from outside are
/// shortened and cleaned when the event is made.
public sealed interface RequestEvent {

  /// The facts that were known when the request was sent to its site.
  Started started();

  /// The request left for its site.
  ///
  /// @param id the receipt's id, `rcpt_…`
  /// @param dataClass the class after every opinion was joined
  /// @param site id of the chosen site
  /// @param stream whether the client asked for a stream
  record Started(
      String id,
      Instant time,
      String tenant,
      String project,
      DataClass dataClass,
      String model,
      RequestKind kind,
      String site,
      boolean stream)
      implements RequestEvent {

    /// Cleans the names that come from outside.
    public Started {
      tenant = ScreenText.of(tenant);
      project = ScreenText.of(project);
      model = ScreenText.of(model);
    }

    @Override
    public Started started() {
      return this;
    }
  }

  /// The request came to its end, whichever it was.
  ///
  /// @param started the event of its start, with the site that answered in the end
  /// @param inputTokens empty where the engine reported none
  /// @param outputTokens empty where the engine reported none
  /// @param ms milliseconds from the request's arrival to its end
  /// @param firstTokenMs milliseconds from arrival to the first byte of the answer, empty if none
  /// @param finish the outcome's word: complete, truncated, cancelled, failed or unknown
  record Finished(
      Started started,
      OptionalLong inputTokens,
      OptionalLong outputTokens,
      double ms,
      OptionalDouble firstTokenMs,
      String finish)
      implements RequestEvent {}
}
