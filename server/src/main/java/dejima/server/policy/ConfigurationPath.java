package dejima.server.policy;

import dejima.residency.DataClass;
import dejima.residency.Destination;
import dejima.residency.LocalText;
import java.util.List;

/// One way that something of a request can take through this configuration.
///
/// @param name what the path is for
/// @param hops from the client to the end, in order
/// @param content what travels there
/// @param end where it ends
public record ConfigurationPath(LocalText name, List<String> hops, Content content, End end) {
  /// Copies the hops.
  public ConfigurationPath {
    hops = List.copyOf(hops);
  }

  /// The hops on one line.
  public String route() {
    return String.join(" → ", hops);
  }

  /// What of a request travels on a path.
  public enum Content {
    /// Prompts and answers, of the request's own class.
    REQUEST("要求と応答の本文", "prompts and answers"),
    /// Model, site, class, times and counts of requests, and the tenants' names; never a prompt, an
    /// answer or a hash of one.
    METADATA(
        "要求の付帯情報（モデル、拠点、区分、時刻、件数）", "facts about requests (model, site, class, times, counts)"),
    /// Nothing of any request.
    NOTHING("なし", "nothing");

    /// Facts about requests bear no label, so they count as everything unlabelled does.
    public static final DataClass METADATA_CLASS = DataClass.UNLABELLED;

    private final String ja;
    private final String en;

    Content(String ja, String en) {
      this.ja = ja;
      this.en = en;
    }

    /// What it is, for people.
    public LocalText text() {
      return new LocalText(ja, en);
    }
  }

  /// Where a path ends and who watches it.
  public sealed interface End {
    /// The gateway asks the policy for each request before anything is sent.
    ///
    /// @param destination the place
    record DecidedEachTime(Destination destination) implements End {}

    /// The path is open for every request alike, so the policy is asked once, in advance, about
    /// every class that can come there.
    ///
    /// @param sink the place
    /// @param settings the keys of the configuration that open the path and describe its end
    record AlwaysOpen(Destination.Sink sink, String settings) implements End {}

    /// It ends inside this machine.
    record StaysHere() implements End {}

    /// It leaves this machine, but nothing of any request does.
    record CarriesNothing() implements End {}

    /// Nothing of the kind is there.
    record NotConfigured() implements End {}
  }
}
