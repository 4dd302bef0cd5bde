package dejima.server.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.evidence.Json;
import dejima.gateway.Limits;
import dejima.residency.Confidentiality;
import dejima.server.admin.KeyJson.RequestReading;
import dejima.server.keys.KeyRequest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeyJsonTest {

  private static RequestReading read(String json) {
    return KeyJson.request(Json.read(json.getBytes(UTF_8)).orThrow());
  }

  private static List<String> mistakes(String json) {
    return switch (read(json)) {
      case RequestReading.Mistaken(List<String> mistakes) -> mistakes;
      case RequestReading.Understood(KeyRequest request) -> throw new AssertionError(request);
    };
  }

  @Test
  void readsWhatAKeyIsToBe() {
    RequestReading reading =
        read(
            """
            {"tenant":"総務課","project":"chat","defaultClass":"機密性3","requestsPerMinute":6,
             "tokensPerMinute":1000,"concurrent":2,"expires":"2027-03-31T15:00:00Z"}
            """);

    assertThat(reading).isInstanceOf(RequestReading.Understood.class);
    KeyRequest request = ((RequestReading.Understood) reading).request();
    assertThat(request.tenant()).isEqualTo("総務課");
    assertThat(request.defaultClass().orElseThrow().level()).isEqualTo(Confidentiality.C3);
    assertThat(request.limits()).isEqualTo(new Limits(6, 1000, 2));
    assertThat(request.expires()).contains(Instant.parse("2027-03-31T15:00:00Z"));
  }

  @Test
  void reportsEveryMistakeAtOnce() {
    List<String> mistakes =
        mistakes(
            """
            {"tenant":"../x","project":1,"defaultClass":"secret","requestsPerMinute":-1,
             "tokensPerMinute":1.5,"concurrent":99999999999,"expires":"tomorrow","colour":"red"}
            """);

    assertThat(String.join("\n", mistakes))
        .contains(
            "colour: is not a setting",
            "'tenant' must be",
            "project: must be a text",
            "defaultClass: ",
            "requestsPerMinute: must be",
            "tokensPerMinute: must be",
            "concurrent: must be",
            "expires: must be");
  }

  @Test
  void refusesWhatIsNoObject() {
    assertThat(mistakes("[]")).containsExactly("the body must be an object");
  }
}
