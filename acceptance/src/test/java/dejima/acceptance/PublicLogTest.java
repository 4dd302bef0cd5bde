package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Answer;
import dejima.acceptance.product.PublicLog;
import dejima.acceptance.product.RecordedBody;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The public log as a stranger checks it, without the product's own verifier.
@ExtendWith(Demo.Shared.class)
class PublicLogTest {
  private static final int REQUESTS = 150;

  @Test
  void provesEveryAnswerToAStranger(Demo demo) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      Answer refused = demo.client().ask(Demo.MODEL, "q", "Dejima-Data-Class", "my-number");
      ids.add(refused.expect(403).receiptId());
    }
    ids.add(demo.client().ask(Demo.MODEL, "出島とは何ですか").expect(200).receiptId());
    List<String> receipts =
        ids.stream().map(id -> demo.gateway().receipt(demo.client(), id)).toList();

    PublicLog log = PublicLog.of(demo.gateway());
    List<byte[]> entries = log.entries();
    List<byte[]> leaves = entries.stream().map(PublicLog::leafHash).toList();

    assertThat((long) entries.size()).isEqualTo(log.size());
    assertThat(log.level(0)).usingRecursiveComparison().isEqualTo(leaves);
    assertThat(PublicLog.rootOf(leaves)).isEqualTo(log.root());
    assertThat(log.level(1)).usingRecursiveComparison().isEqualTo(fullTiles(leaves));
    List<RecordedBody> bodies = new ArrayList<>();
    receipts.forEach(receipt -> bodies.addAll(RecordedBody.in(receipt)));
    for (RecordedBody body : bodies) {
      assertThat(entries.get((int) body.index())).isEqualTo(body.entry());
    }
    RecordedBody.assertChained(bodies, log.size());
  }

  private static List<byte[]> fullTiles(List<byte[]> leaves) {
    List<byte[]> tiles = new ArrayList<>();
    for (int from = 0; from + 256 <= leaves.size(); from += 256) {
      tiles.add(PublicLog.rootOf(leaves.subList(from, from + 256)));
    }
    return tiles;
  }

  @Test
  void carriesTheOnlyInclusionPathThereIs(Demo demo) {
    String id = demo.client().ask(Demo.MODEL, "こんにちは").expect(200).receiptId();
    String receipt = demo.gateway().receipt(demo.client(), id);
    RecordedBody end = RecordedBody.in(receipt).getLast();
    String[] parts = receipt.split("\n\n", 2);
    int size = Integer.parseInt(parts[1].split("\n", -1)[1]);
    List<byte[]> leaves =
        PublicLog.of(demo.gateway()).entries().subList(0, size).stream()
            .map(PublicLog::leafHash)
            .toList();

    List<String> path = parts[0].lines().skip(3).toList();

    assertThat(path)
        .isEqualTo(
            PublicLog.pathOf((int) end.index(), leaves).stream()
                .map(Base64.getEncoder()::encodeToString)
                .toList());
    assertThat(parts[1].split("\n", -1)[2])
        .isEqualTo(Base64.getEncoder().encodeToString(PublicLog.rootOf(leaves)));
  }

  @Test
  void holdsNoTextAndNoNames(Demo demo) {
    String id = demo.client().ask(Demo.MODEL, "a-secret-canary").expect(200).receiptId();
    String receipt = demo.gateway().receipt(demo.client(), id);

    assertThat(PublicLog.of(demo.gateway()).entries()).allMatch(entry -> entry.length == 33);
    assertThat(receipt).doesNotContain("a-secret-canary");
    assertThat(RecordedBody.in(receipt).toString()).doesNotContain("a-secret-canary");
  }
}
