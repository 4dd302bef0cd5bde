package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Finished;
import dejima.acceptance.product.FreePorts;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.Verifying;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `./dejima demo --once`: a newcomer's first minutes.
class DemoCommandTest {
  @Test
  void showsTheMainJobFromEndToEndAndLeavesNothingRunning() throws IOException {
    Path folder = Tour.once().folder();
    Finished tour = Tour.once().finished();

    assertThat(tour.expect(0).out())
        .contains("sakura-ishikari", "softbank-sakai", "azure-japaneast", "us-west")
        .contains("GENUINE", "REFUSED", "curl", "console");
    Path receipt = folder.resolve(".demo/receipt.txt");
    Path keys = folder.resolve(".demo/gateway/evidence.pub");
    Verifying.verify(Files.readAllBytes(receipt), keys).expect(0);
    assertThat(
            ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(folder.toString())))
        .isEmpty();
  }

  @Test
  void showsWhatLandmarksProveUnderTheJapaneseBaseline() {
    Path folder = Product.newFolder("measured-tour");
    String port = Integer.toString(FreePorts.take(1).getFirst());

    Finished tour = Product.run(folder, "demo", "--once", "--measured", "--port", port);

    assertThat(tour.expect(0).out())
        .contains("answered by softbank-sakai")
        .containsPattern("permit ○ softbank-sakai +JP, control domestic E2")
        .containsPattern("deny   × sakura-ishikari +JP, control domestic E1")
        .containsPattern("deny   × azure-japaneast +JP, control foreign  E1")
        .containsPattern("deny   × us-west +US, control foreign  E0")
        .contains(
            "GENUINE",
            "hanako",
            "taro",
            "Landmark sakai-1.landmark.example of Example University saw")
        .contains("REFUSED");
  }
}
