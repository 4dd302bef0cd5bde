package dejima.server.cli;

import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What the admin plane answered: a JSON object.
///
/// @param text as it came
/// @param object as it is read
public record AdminAnswer(String text, Json.Obj object) {
  /// Reads an answer.
  ///
  /// @throws CommandFailed saying what is wrong, if it is no success or no JSON object
  public static AdminAnswer of(HttpResponse<InputStream> response) {
    String text = GatewayClient.expect(response);
    return switch (Json.read(text.getBytes(StandardCharsets.UTF_8))) {
      case Reading.Read<Json>(Json.Obj object) -> new AdminAnswer(text, object);
      case Reading.Read<Json> _, Reading.Unreadable<Json> _ ->
          throw new CommandFailed("The server's answer is not JSON; is it a Dejima?");
    };
  }

  /// The text of a member, empty if it is not there.
  public String string(String member) {
    return object.string(member).orElse("");
  }

  /// The objects in a list.
  public List<Json.Obj> rows(String member) {
    return object.objects(member);
  }

  /// How many sites of `/admin/v1/sites` are up.
  public long sitesUp() {
    return rows("sites").stream()
        .filter(site -> site.string("health").filter("up"::equals).isPresent())
        .count();
  }
}
