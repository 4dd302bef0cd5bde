package dejima.audit.landmark;

import dejima.evidence.Signer;
import dejima.location.Landmarks.Landmark;
import dejima.location.LegalPerson;
import dejima.location.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `dejima landmark init`: makes a landmark's keys and settings and says what to tell gateways.
@Command(
    name = "init",
    description = "Makes the landmark's keys and settings, and prints what gateways need to know.",
    mixinStandardHelpOptions = true)
final class LandmarkInitCommand implements Callable<Integer> {
  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = "landmark",
      description = "Where to write; nothing is overwritten (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("landmark");

  @Option(
      names = "--id",
      required = true,
      paramLabel = "ID",
      description = "The landmark's name, such as osaka-1.landmark.example.")
  private String id = "";

  @Option(
      names = "--person",
      required = true,
      paramLabel = "NAME",
      description = "The legal person that answers for it.")
  private String person = "";

  @Option(names = "--latitude", required = true, description = "Degrees north, WGS84.")
  private double latitude;

  @Option(names = "--longitude", required = true, description = "Degrees east, WGS84.")
  private double longitude;

  @Option(
      names = "--gateway",
      paramLabel = "PIN",
      description = "A gateway that it measures for, by its pin; may be repeated.")
  private List<String> gateways = new ArrayList<>();

  @Spec private CommandSpec spec;

  LandmarkInitCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() {
    LandmarkFolder kept = new LandmarkFolder(folder);
    try {
      LegalPerson who = new LegalPerson(person);
      Place place = new Place(latitude, longitude);
      String settings = LandmarkSettings.sample(who, place, gateways);
      LandmarkSettings.parse(settings, "the options");
      new Landmark(Signer.ed25519(id, new byte[32]).key(), who, place);
      Files.createDirectories(folder);
      if (Files.exists(kept.settingsFile())) {
        throw new LandmarkUnusable(kept.settingsFile() + " exists already and is left as it is");
      }
      Signer signer = kept.createKeys(id, new SecureRandom());
      Files.writeString(kept.settingsFile(), settings, StandardOpenOption.CREATE_NEW);
      announce(new Landmark(signer.key(), who, place));
      return 0;
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    } catch (IOException failed) {
      throw new LandmarkUnusable(folder + " cannot be written: " + failed, failed);
    }
  }

  private void announce(Landmark landmark) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("wrote %s%n%nFor gateways (dejima.yaml):%n%n", folder);
    out.printf("landmarks:%n  - id: %s%n    url: http://127.0.0.1:9301%n", landmark.key().name());
    out.printf("    key: %s%n    legalPerson: %s%n", landmark.key().text(), person);
    out.printf("    latitude: %s%n    longitude: %s%n%n", latitude, longitude);
    out.printf("For whoever verifies (landmarks file):%n%n%s", landmark.line());
    out.flush();
  }
}
