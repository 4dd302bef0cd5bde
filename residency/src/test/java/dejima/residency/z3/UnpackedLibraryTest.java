package dejima.residency.z3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class UnpackedLibraryTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void leavesNothingThatAKilledProcessCouldLeave() throws IOException {
    try (Z3 z3 = new Z3(new Shape(Map.of(), Map.of()))) {
      assertThat(z3).isNotNull();
      try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
        assertThat(maps.filter(line -> line.contains("libz3java.so")))
            .isNotEmpty()
            .allMatch(line -> line.endsWith(" (deleted)"));
      }
      assertThat(UnpackedLibrary.loaded()).isEmpty();
    }
  }
}
