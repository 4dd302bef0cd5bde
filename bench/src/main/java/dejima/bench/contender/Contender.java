package dejima.bench.contender;

import java.util.List;

/// Someone who passes requests on to the stub. Each runs as a process of its own, on loopback only.
public sealed interface Contender permits Direct, Nginx, SpringCloudGateway, Portkey, Dejima {
  /// The name on the command line and in the results.
  ///
  /// @return for example `nginx`
  String name();

  /// What the reader should know of this contender's set-up.
  ///
  /// @return a few sentences, in Markdown
  String setup();

  /// Installs or builds what is missing.
  ///
  /// @param workshop where
  /// @return whether it can run
  Preparation prepare(Workshop workshop);

  /// Writes the configuration for one start.
  ///
  /// @param workshop where
  /// @param upstream whom to pass requests on to
  /// @return how to start the process
  Launch launch(Workshop workshop, Upstream upstream);

  /// Whether others' figures count from this one's, so that it always takes part.
  ///
  /// @return true for the zero line and the floor
  default boolean isReference() {
    return false;
  }

  /// Everybody, the zero line and the floor first.
  ///
  /// @return all contenders
  static List<Contender> all() {
    return List.of(
        new Direct(), new Nginx(), new SpringCloudGateway(), new Portkey(), new Dejima());
  }
}
