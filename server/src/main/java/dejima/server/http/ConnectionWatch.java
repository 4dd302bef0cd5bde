package dejima.server.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.IdentityHashMap;

/// The client connections of one event loop. It bounds their number and closes those that hold a
/// place without a request under way: idle ones, and slow ones whose headers never end.
final class ConnectionWatch implements Handler<HttpConnection> {
  private final Deadlines deadlines;
  private final int most;
  private final long idleNanos;
  private final IdentityHashMap<HttpConnection, Place> places = new IdentityHashMap<>();

  private final class Place implements Deadlines.Watched {
    private final HttpConnection connection;
    private long since = System.nanoTime();
    private int underWay;

    Place(HttpConnection connection) {
      this.connection = connection;
    }

    @Override
    public void checkDeadline(long nanoTime) {
      if (underWay == 0 && nanoTime - since > idleNanos) {
        connection.close();
      }
    }
  }

  ConnectionWatch(Deadlines deadlines, int most, Duration idle) {
    this.deadlines = deadlines;
    this.most = most;
    this.idleNanos = idle.toNanos();
  }

  @Override
  public void handle(HttpConnection connection) {
    if (places.size() >= most) {
      connection.close();
      return;
    }
    Place place = new Place(connection);
    places.put(connection, place);
    deadlines.add(place);
    connection.closeHandler(_ -> {
      places.remove(connection);
      deadlines.remove(place);
    });
  }

  /// A request's headers have come; its connection is busy until the answer has ended.
  void begun(HttpServerRequest request) {
    Place place = places.get(request.connection());
    if (place != null) {
      place.underWay++;
      request
          .response()
          .endHandler(_ -> {
            place.underWay--;
            place.since = System.nanoTime();
          });
    }
  }
}
