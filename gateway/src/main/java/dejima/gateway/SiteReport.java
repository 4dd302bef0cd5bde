package dejima.gateway;

import java.util.List;
import java.util.Optional;

/// What a site last said of itself.
///
/// @param engine name and version of its engine
/// @param models what it serves
/// @param concurrent how many requests it works on at once, 0 when it does not say
/// @param standIn whether the site only plays the part of the one it is named after
public record SiteReport(String engine, List<ServedModel> models, int concurrent, boolean standIn) {
  /// Copies the list.
  public SiteReport {
    models = List.copyOf(models);
  }

  /// The model of that name, if the site serves it.
  public Optional<ServedModel> model(String id) {
    for (ServedModel model : models) {
      if (model.id().equals(id)) {
        return Optional.of(model);
      }
    }
    return Optional.empty();
  }
}
