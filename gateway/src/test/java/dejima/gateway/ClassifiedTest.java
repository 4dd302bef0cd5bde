package dejima.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.residency.Confidentiality;
import dejima.residency.DataClass;
import dejima.residency.Marker;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class ClassifiedTest {
  private static final DataClass C1 = new DataClass(Confidentiality.C1, Set.of());
  private static final DataClass C3 = new DataClass(Confidentiality.C3, Set.of());

  @Test
  void takesAnUnlabelledRequestForConfidential() {
    Classified joined = Classified.join(Optional.empty(), Optional.empty(), Set.of());

    assertThat(joined.effective()).isEqualTo(DataClass.UNLABELLED);
    assertThat(joined.setBy()).containsExactly("unlabelled");
  }

  @Test
  void namesTheSourceThatRaisedTheClass() {
    assertThat(Classified.join(Optional.of(C1), Optional.of(C3), Set.of()).setBy())
        .containsExactly("project");
    assertThat(Classified.join(Optional.of(C3), Optional.of(C1), Set.of(Marker.PERSONAL)).setBy())
        .containsExactly("declared", "inspection");
    assertThat(Classified.join(Optional.of(C3), Optional.of(C3), Set.of()).setBy())
        .containsExactly("declared", "project");
  }

  @Test
  void doesNotLetInspectionLowerALevel() {
    Classified joined =
        Classified.join(Optional.of(C1), Optional.empty(), Set.of(Marker.MY_NUMBER));

    assertThat(joined.effective())
        .isEqualTo(new DataClass(Confidentiality.C1, Set.of(Marker.MY_NUMBER)));
  }

  @Property
  void onlyEverRaises(
      @ForAll("classes") Optional<DataClass> declared,
      @ForAll("classes") Optional<DataClass> project,
      @ForAll Set<Marker> found) {
    Classified joined = Classified.join(declared, project, found);

    assertThat(joined.declared()).isEqualTo(declared);
    assertThat(joined.setBy()).isNotEmpty();
    assertThat(joined.effective().markers()).containsAll(found);
    declared.ifPresent(
        said -> assertThat(said.join(joined.effective())).isEqualTo(joined.effective()));
    project.ifPresent(
        floor -> assertThat(floor.join(joined.effective())).isEqualTo(joined.effective()));
    if (declared.isEmpty() && project.isEmpty()) {
      assertThat(joined.effective().level()).isEqualTo(Confidentiality.C2);
    }
  }

  @Provide
  Arbitrary<Optional<DataClass>> classes() {
    return Combinators.combine(
            Arbitraries.of(Confidentiality.class), Arbitraries.of(Marker.class).set())
        .as(DataClass::new)
        .optional();
  }
}
