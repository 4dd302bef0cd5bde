package dejima.server.postgres;

import dejima.residency.DataClass;
import dejima.residency.DataClassReading;
import dejima.server.keys.KeyRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The table of projects by tenant.
final class Projects {
  private Projects() {}

  /// Adds a project that is not there.
  static void add(Handle handle, String tenant, String project, Optional<DataClass> floor) {
    handle
        .createUpdate(
            "INSERT INTO project (tenant, name, default_class) VALUES (:tenant, :name, :class)")
        .bind("tenant", tenant)
        .bind("name", project)
        .bind("class", floor.map(DataClass::label))
        .execute();
  }

  /// Makes the project, or raises its class; gives the class that it has if the request would lower
  /// it. The row stays locked until the transaction ends, so that two requests cannot undo each
  /// other's class.
  static Optional<DataClass> raise(Handle handle, String tenant, KeyRequest request) {
    handle
        .createUpdate(
            "INSERT INTO project (tenant, name) VALUES (:tenant, :name) ON CONFLICT DO NOTHING")
        .bind("tenant", tenant)
        .bind("name", request.project())
        .execute();
    if (request.defaultClass().isEmpty()) {
      return Optional.empty();
    }
    DataClass wanted = request.defaultClass().get();
    Optional<DataClass> floor =
        handle
            .createQuery(
                "SELECT default_class FROM project WHERE tenant = :tenant AND name = :name FOR UPDATE")
            .bind("tenant", tenant)
            .bind("name", request.project())
            .map((row, _) -> floor(row))
            .one();
    if (floor.filter(has -> !has.join(wanted).equals(wanted)).isPresent()) {
      return floor;
    }
    handle
        .createUpdate(
            "UPDATE project SET default_class = :class WHERE tenant = :tenant AND name = :name")
        .bind("tenant", tenant)
        .bind("name", request.project())
        .bind("class", wanted.label())
        .execute();
    return Optional.empty();
  }

  /// The data class below which none of a project's requests falls, if a row names one.
  static Optional<DataClass> floor(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getString("default_class")).map(Projects::dataClass);
  }

  private static DataClass dataClass(String label) {
    return switch (DataClass.read(label)) {
      case DataClassReading.Read(DataClass known) -> known;
      case DataClassReading.Unreadable(String reason) ->
          throw new IllegalStateException("the project's data class is unreadable: " + reason);
    };
  }
}
