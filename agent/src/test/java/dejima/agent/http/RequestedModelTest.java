package dejima.agent.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import org.junit.jupiter.api.Test;

final class RequestedModelTest {
  @Test
  void readsTheModelWhereverItStands() {
    byte[] body = "{\"x\":{\"model\":\"inner\"},\"model\":\"outer\",\"y\":[1]}".getBytes(UTF_8);

    assertThat(RequestedModel.of(body)).isEqualTo(new RequestedModel.Named("outer", false));
  }

  @Test
  void seesThatABodyIsSealed() {
    byte[] body = "{\"model\":\"m\",\"dejimaSealed\":7}".getBytes(UTF_8);
    byte[] within = "{\"model\":\"m\",\"x\":{\"dejimaSealed\":2}}".getBytes(UTF_8);

    assertThat(RequestedModel.of(body)).isEqualTo(new RequestedModel.Named("m", true));
    assertThat(RequestedModel.of(within)).isEqualTo(new RequestedModel.Named("m", false));
  }

  @FuzzTest
  void namesAModelThatCanBeStatedOrSaysWhyNot(byte @NotNull [] body) {
    switch (RequestedModel.of(body)) {
      case RequestedModel.Named named -> {
        assertThat(named.id()).isNotEmpty().hasSizeLessThanOrEqualTo(256);
        assertThat(UTF_8.newEncoder().canEncode(named.id())).isTrue();
      }
      case RequestedModel.Unreadable unreadable -> assertThat(unreadable.reason()).isNotBlank();
    }
  }
}
