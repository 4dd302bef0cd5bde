package dejima.server.drill;

import dejima.gateway.ServedModel;
import dejima.gateway.SiteReport;
import dejima.gateway.SiteState;
import dejima.residency.Confidentiality;
import dejima.residency.DataClass;
import dejima.residency.Marker;
import dejima.residency.RequestKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// All that could be asked, whether or not anybody did: every model that is served, for every data
/// class that has at most one marker.
final class Matrix {
  private static final int MOST_MODELS = 64;

  private Matrix() {}

  /// The data classes: each confidentiality class alone, then each with each marker.
  static final List<DataClass> CLASSES =
      Stream.concat(
              Stream.of(Confidentiality.values()).map(level -> new DataClass(level, Set.of())),
              Stream.of(Confidentiality.values())
                  .flatMap(level ->
                      Stream.of(Marker.values())
                          .map(marker -> new DataClass(level, Set.of(marker)))))
          .toList();

  /// The work of every place in the matrix, of at most 64 models; each model is asked for the first
  /// thing that it can do.
  static List<Work> of(List<SiteState> sites) {
    List<ServedModel> models =
        sites.stream()
            .flatMap(site -> site.report().map(SiteReport::models).orElse(List.of()).stream())
            .toList();
    return models.stream()
        .map(ServedModel::id)
        .distinct()
        .limit(MOST_MODELS)
        .flatMap(model -> {
          RequestKind kind = kind(models, model);
          return CLASSES.stream().map(dataClass -> Work.ofNobody(model, kind, dataClass));
        })
        .toList();
  }

  private static RequestKind kind(List<ServedModel> models, String id) {
    return models.stream()
        .filter(model -> model.id().equals(id))
        .flatMap(model -> model.kinds().stream())
        .min(RequestKind::compareTo)
        .orElse(RequestKind.CHAT);
  }
}
