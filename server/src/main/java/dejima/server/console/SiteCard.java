package dejima.server.console;

import dejima.gateway.SiteStanding;
import dejima.residency.Destination.SiteFacts;
import java.util.List;
import java.util.OptionalDouble;

/// A site as the console shows it.
///
/// @param metro where the schematic puts it, such as `ishikari`; read from the site's id when empty
/// @param standIn whether a local process only plays this site
/// @param models ids of the models that it serves
/// @param capacity how many requests it takes at once; 0 while unknown
/// @param latencyMs the gateway's running estimate to the first byte, empty while unknown
/// @param standing how the site's own statement stands to what is configured
/// @param permits what the active policy says of each data class here
public record SiteCard(
    SiteFacts facts,
    String metro,
    boolean standIn,
    SiteHealth health,
    List<String> models,
    int inFlight,
    int capacity,
    OptionalDouble latencyMs,
    SiteStanding standing,
    List<ClassDecision> permits) {

  /// Copies the lists and cleans the models' names, which the site's engine chose.
  public SiteCard {
    models = models.stream().map(ScreenText::of).toList();
    permits = List.copyOf(permits);
  }
}
