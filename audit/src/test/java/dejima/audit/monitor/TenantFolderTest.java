package dejima.audit.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dejima.evidence.Json;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TenantFolderTest {
  private static final TenantFolder.Own TENANT = new TenantFolder.Own("log.example", "t_1");

  private final Map<Long, Json.Obj> kept = new TreeMap<>();

  private static Json.Obj entry(long sequence, String id) {
    return Json.object().put("id", id).put("sequence", sequence).build();
  }

  @Test
  void takesOneEntryFromSeveralReceipts() {
    TenantFolder.add(entry(1, "a"), TENANT, kept);
    TenantFolder.add(entry(1, "a"), TENANT, kept);
    TenantFolder.add(entry(2, "b"), TENANT, kept);

    assertThat(kept).containsOnlyKeys(1L, 2L);
  }

  @Test
  void seesANumberThatWasGivenToTwoEntries() {
    TenantFolder.add(entry(7, "a"), TENANT, kept);

    assertThatThrownBy(() -> TenantFolder.add(entry(7, "b"), TENANT, kept))
        .isInstanceOfSatisfying(
            Alarm.class, alarm -> assertThat(alarm.kind()).isEqualTo(Alarm.Kind.GAP))
        .hasMessageContaining("number 7 was given to 2 entries");
  }
}
