package dejima.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The arrows between modules, and what no class may do.
final class ArchitectureTest {
  private static JavaClasses code;

  @BeforeAll
  static void readTheCode() {
    code =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dejima");
  }

  @ParameterizedTest
  @CsvSource({
    "residency, 25",
    "evidence, 60",
    "location, 20",
    "gateway, 40",
    "agent, 50",
    "audit, 4",
    "register, 15",
    "attestation, 12",
    "server, 90"
  })
  void seesTheCode(String module, int least) {
    long seen =
        code.stream()
            .filter(type -> (type.getPackageName() + ".").startsWith("dejima." + module + "."))
            .count();

    assertThat(seen).isGreaterThan(least);
  }

  @ParameterizedTest
  @CsvSource({
    "residency, evidence",
    "residency, gateway",
    "residency, agent",
    "evidence, residency",
    "evidence, gateway",
    "evidence, agent",
    "gateway, agent",
    "agent, gateway",
    "residency, audit",
    "evidence, audit",
    "gateway, audit",
    "agent, audit",
    "audit, gateway",
    "audit, agent",
    "register, gateway",
    "register, agent",
    "register, attestation",
    "attestation, residency",
    "attestation, register",
    "attestation, gateway",
    "gateway, register",
    "gateway, attestation",
    "agent, register",
    "evidence, register",
    "residency, register",
    "residency, location",
    "evidence, location",
    "gateway, location",
    "location, residency",
    "location, gateway",
    "location, agent",
    "location, audit",
  })
  void capabilitiesDoNotKnowEachOther(String from, String to) {
    noClasses()
        .that()
        .resideInAPackage("dejima." + from + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dejima." + to + "..")
        .check(code);
  }

  @Test
  void nothingDependsOnTheServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dejima.server..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dejima.server..")
        .check(code);
  }

  @Test
  void onlyProgramsTouchClockEnvironmentAndChance() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dejima.server..", "dejima.agent..", "dejima.audit..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(InstantSource.class, "system")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callConstructor(Random.class)
        .check(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"residency", "gateway", "location"})
  void capabilitiesAreGivenTheMonotonicClock(String module) {
    noClasses()
        .that()
        .resideInAPackage("dejima." + module + "..")
        .should()
        .callMethod(System.class, "nanoTime")
        .check(code);
  }

  @Test
  void noClassIsADrawerForOddThings() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Common")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .check(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"residency", "evidence", "location", "gateway", "agent", "audit"})
  void packagesBelowAModuleHaveNoCycles(String module) {
    slices()
        .matching("dejima." + module + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(code);
  }

  @Test
  void packagesBelowTheServerHaveNoCycles() {
    slices().matching("dejima.server.(*)..").should().beFreeOfCycles().check(code);
  }
}
