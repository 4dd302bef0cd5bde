package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.product.Answer;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Questions;
import dejima.acceptance.product.RecordedDecisions;
import dejima.acceptance.product.Verifying;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubSite;
import dejima.acceptance.site.StubWorld;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// From outside: whatever is asked, by whatever label and over whatever path, no byte of it is
/// found at a site that the policy refuses, even while sites fail.
class ResidencyTest {
  private static final int REQUESTS = 300;
  private static final List<String> LEVELS =
      List.of("", "confidentiality-1", "confidentiality-2", "confidentiality-3");
  private static final List<String> MARKERS =
      List.of("", "personal", "financial", "my-number", "critical-infrastructure");
  private static final List<String> MODELS = List.of("everywhere", "abroad-only", "mixed");

  private final RandomGenerator random = new Random(20261120);
  private final Map<String, Place> places = new LinkedHashMap<>();

  private record Place(StubSite site, String country, String control) {
    /// The demo's policy in words of our own: public data may go anywhere whose place is known or
    /// not, anything else only to declared domestic sites in Japan, and the gravest nowhere.
    boolean mayReceive(String level, String marker) {
      boolean unmarked = marker.isEmpty();
      if (level.equals("confidentiality-1") && unmarked) {
        return true;
      }
      boolean grave =
          level.equals("confidentiality-3")
              || marker.equals("my-number")
              || marker.equals("critical-infrastructure");
      return !grave && country.equals("JP") && control.equals("domestic");
    }
  }

  private void add(StubWorld world, String id, String model, String country, String control) {
    Script flaky =
        visit ->
            (random.nextInt(6) == 0 ? Script.diesBeforeAnswering() : Script.answers()).play(visit);
    places.put(id, new Place(world.site(id, model, country, control, flaky), country, control));
  }

  @Test
  void neverReachesASiteThatThePolicyRefuses() {
    try (StubWorld world = new StubWorld("residency")) {
      add(world, "home-1", "everywhere", "JP", "domestic");
      add(world, "home-2", "everywhere", "JP", "domestic");
      add(world, "leased", "everywhere", "JP", "foreign");
      add(world, "unknown", "everywhere", "ZZ", "unknown");
      add(world, "west", "everywhere", "US", "foreign");
      add(world, "abroad", "abroad-only", "US", "domestic");
      add(world, "mixed-home", "mixed", "JP", "domestic");
      add(world, "mixed-abroad", "mixed", "SG", "foreign");
      world.start("");
      Caller client = world.client();
      List<String> answered = new ArrayList<>();

      for (int i = 0; i < REQUESTS; i++) {
        askAtRandom(client, "canary-%04d-".formatted(i), answered);
      }

      assertThat(answered).hasSizeGreaterThan(REQUESTS / 5);
      for (int i = 0; i < answered.size(); i += answered.size() / 5) {
        assertAttemptsWerePermitted(Verifying.genuine(world.gateway(), client, answered.get(i)));
      }
    }
  }

  private void askAtRandom(Caller client, String canary, List<String> answered) {
    String level = LEVELS.get(random.nextInt(LEVELS.size()));
    String marker = MARKERS.get(random.nextInt(MARKERS.size()));
    String model = MODELS.get(random.nextInt(MODELS.size()));
    String label = level.isEmpty() || marker.isEmpty() ? level + marker : level + "+" + marker;
    String body = Questions.chat(model, canary, random.nextBoolean());
    String[] headers = label.isEmpty() ? new String[0] : new String[] {"Dejima-Data-Class", label};

    Answer answer = client.post(path(model), body, headers);

    Set<String> reached = new TreeSet<>();
    places.forEach((id, place) -> {
      if (place.site().received().stream().anyMatch(request -> request.contains(canary))) {
        reached.add(id);
        assertThat(place.mayReceive(level, marker))
            .as("%s with %s reached %s", model, label, id)
            .isTrue();
      }
    });
    if (answer.status() == 200) {
      assertThat(reached).contains(answer.header("dejima-site"));
      answered.add(answer.receiptId());
    }
    if (answer.status() == 403) {
      assertThat(reached).isEmpty();
    }
    assertThat(answer.status()).isIn(200, 403, 502, 503);
  }

  private String path(String model) {
    return switch (random.nextInt(3)) {
      case 0 -> "/v1/chat/completions";
      case 1 -> "/openai/v1/chat/completions";
      default -> "/openai/deployments/" + model + "/chat/completions?api-version=2024-10-21";
    };
  }

  private static void assertAttemptsWerePermitted(JsonNode body) {
    Set<String> permitted = new TreeSet<>();
    RecordedDecisions.effects(body)
        .forEach((site, effect) -> {
          if (effect.equals("permit")) {
            permitted.add(site);
          }
        });
    assertThat(body.path("attempts").findValuesAsText("site")).isSubsetOf(permitted);
  }
}
