package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Answer;
import dejima.acceptance.product.BaselineWorld;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Commands;
import dejima.acceptance.product.Finished;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.Verifying;
import dejima.acceptance.site.Eavesdropper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A sealed prompt and its sealed answer, through real programs: the engine reads the one and
/// writes the other, and the gateway holds neither anywhere. The quotes are constructed.
class SealedPromptsTest {
  private static final String CANARY = "kanaria-7c1f9b3e";
  private static final String OPEN_CANARY = "suzume-55aa01c9";
  private static final Duration DUMP = Duration.ofSeconds(60);

  @Test
  void hidesPromptAndAnswerFromTheGateway() throws Exception {
    try (BaselineWorld world = new BaselineWorld();
        Eavesdropper wire = Eavesdropper.before(world.gateway().port())) {
      world.way().takes(Duration.ofMillis(2));
      world.register(0);
      world.mirror(1, true);
      world.awaitEvidence("E4");
      Caller client = world.gateway().client("city");

      String answer = chats(world, wire, client);
      byte[] sealedAnswer = sealsAndUnseals(world, wire, client);
      refusesWhatSomebodyOnTheWayChanged(world, sealedAnswer);
      refusesAKeyThatNothingBearsOut(world, wire, client);

      assertThatNobodySaw(world, wire, List.of(CANARY, answer));
    }
  }

  /// The whole way by one command, the key judged by the asker's own mirror and register.
  private static String chats(BaselineWorld world, Eavesdropper wire, Caller client) {
    Finished said =
        run(world, wire, client, trusting(world, "chat", question(), "--sealed", "--class", "機密性3"))
            .expect(0);

    assertThat(said.err()).contains("VERIFIED  検証済み").doesNotContain("NOT VERIFIED");
    assertThat(said.out()).contains("[osaka, sealed, receipt rcpt_");
    return answer(world, wire, client);
  }

  /// The beginning of an answer that the model knows by heart. It stands in its weights alone: what
  /// it says when it knows nothing is a text of the program, and so in every process's memory.
  private static String answer(BaselineWorld world, Eavesdropper wire, Caller client) {
    String said =
        run(
                world,
                wire,
                client,
                trusting(world, "chat", "出島とは何ですか。", "--sealed", "--class", "機密性3"))
            .expect(0)
            .out();
    assertThat(said).startsWith("出島は、かつて");
    return said.substring(0, 10);
  }

  private static String question() {
    return "出島とは何ですか。 " + CANARY;
  }

  /// The same by scripts; the receipt is about the sealed bytes.
  private static byte[] sealsAndUnseals(BaselineWorld world, Eavesdropper wire, Caller client)
      throws IOException {
    Path folder = world.gateway().folder();
    byte[] prompt =
        run(
                world,
                wire,
                client,
                trusting(
                    world,
                    "seal",
                    "--question",
                    question(),
                    "--model",
                    "builtin-selftest",
                    "--class",
                    "confidentiality-3",
                    "--answer-key",
                    "answer.key"))
            .expect(0)
            .out()
            .strip()
            .getBytes(StandardCharsets.UTF_8);
    Answer answer = client.post("/v1/chat/completions", prompt).expect(200);
    byte[] sealed = client.postRaw("/v1/chat/completions", again(world, wire, client));
    assertThat(answer.header("content-type")).isEqualTo("application/vnd.dejima.sealed-answer");
    assertThat(client.post("/v1/chat/completions", prompt).expect(409).text())
        .contains("sealed_prompt_replayed");

    String receipt = world.gateway().receipt(client, answer.receiptId());
    Path asked = Verifying.write(folder.resolve("prompt.json"), prompt);
    assertThat(
            Verifying.verify(
                    receipt.getBytes(StandardCharsets.UTF_8),
                    world.gateway().keys(),
                    "--request",
                    asked.toString())
                .expect(0)
                .out())
        .contains("The request given is the recorded one", "signed request and response");
    Verifying.write(folder.resolve("answer.bin"), sealed);
    String opened = unseal(folder, "second.key", "answer.bin").expect(0).out();
    assertThat(Answer.json(opened).path("choices").path(0).path("message").path("content").asText())
        .isNotEmpty();
    return sealed;
  }

  /// A second prompt, with a key of its own.
  private static byte[] again(BaselineWorld world, Eavesdropper wire, Caller client) {
    return run(
            world,
            wire,
            client,
            trusting(
                world,
                "seal",
                "--question",
                question(),
                "--model",
                "builtin-selftest",
                "--class",
                "confidentiality-3",
                "--answer-key",
                "second.key"))
        .expect(0)
        .out()
        .strip()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void refusesWhatSomebodyOnTheWayChanged(BaselineWorld world, byte[] sealed) {
    Path folder = world.gateway().folder();
    byte[] changed = sealed.clone();
    changed[changed.length / 2] ^= 1;
    List<byte[]> bad =
        List.of(
            changed,
            Arrays.copyOf(sealed, sealed.length - 529),
            Arrays.copyOf(sealed, sealed.length - 1),
            Arrays.copyOf(sealed, sealed.length + 1),
            "{\"choices\":[]}".getBytes(StandardCharsets.UTF_8));
    for (byte[] one : bad) {
      Verifying.write(folder.resolve("bad.bin"), one);
      Finished refused = unseal(folder, "second.key", "bad.bin").expect(1);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err()).contains("the sealed answer cannot be opened");
    }
    // The answer to one prompt is none to another.
    unseal(folder, "answer.key", "answer.bin").expect(1);
  }

  private static Finished unseal(Path folder, String key, String file) {
    return Product.run(folder, "unseal", "--answer-key", key, file);
  }

  /// Without a mirror of his own the asker is told; with one that two people did not sign, nothing
  /// is sent.
  private static void refusesAKeyThatNothingBearsOut(
      BaselineWorld world, Eavesdropper wire, Caller client) {
    Finished unjudged = run(world, wire, client, List.of("chat", question(), "--sealed")).expect(0);
    assertThat(unjudged.err()).contains("NOT VERIFIED  未検証", "the gateway's word alone");

    List<String> oneSigner = trusting(world, "chat", question(), "--sealed");
    Finished refused =
        run(world, wire, client, oneSigner.subList(0, oneSigner.size() - 2)).expect(1);
    assertThat(refused.err()).contains("is not one to trust", "Nothing was sent");
  }

  private static List<String> trusting(BaselineWorld world, String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--mirror", "mirror", "--register", "register"));
    words.addAll(world.facts().approverOptions());
    return words;
  }

  private static Finished run(
      BaselineWorld world, Eavesdropper wire, Caller client, List<String> command) {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of("--gateway", wire.url(), "--key", client.credential()));
    return Product.run(world.gateway().folder(), words.toArray(String[]::new));
  }

  /// Looks for the words in what the gateway keeps, says, sends, receives and has in its memory. A
  /// question in the clear is found there, so that the search is one.
  private static void assertThatNobodySaw(
      BaselineWorld world, Eavesdropper wire, List<String> words) throws Exception {
    GatewayProcess gateway = world.gateway();
    ByteBuffer memory = memory(gateway);
    for (String word : words) {
      for (byte[] form : forms(word)) {
        assertThat(contains(ByteBuffer.wrap(wire.heard()), form))
            .as("on the wire: " + word)
            .isFalse();
        assertThat(contains(memory, form)).as("in the memory: " + word).isFalse();
        assertThat(filesWith(gateway.data(), form)).as("kept: " + word).isEmpty();
      }
      assertThat(gateway.process().output()).doesNotContain(word);
    }
    Caller open = new Caller(java.net.URI.create(wire.url()), client(gateway));
    open.ask(
            "builtin-selftest",
            "出島とは何ですか。 " + OPEN_CANARY,
            "Dejima-Data-Class",
            "confidentiality-1")
        .expect(200);
    byte[] clear = OPEN_CANARY.getBytes(StandardCharsets.UTF_8);
    assertThat(contains(ByteBuffer.wrap(wire.heard()), clear)).isTrue();
    assertThat(contains(memory(gateway), clear)).isTrue();
  }

  private static String client(GatewayProcess gateway) {
    return gateway.client("other").credential();
  }

  /// As text is held in memory, on the wire, and in base64 at each of its three places.
  private static List<byte[]> forms(String word) {
    List<byte[]> forms = new ArrayList<>();
    for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
      forms.add(word.getBytes(charset));
    }
    for (int shift = 0; shift < 3; shift++) {
      String text =
          Base64.getEncoder()
              .encodeToString((" ".repeat(shift) + word).getBytes(StandardCharsets.UTF_8));
      forms.add(text.substring(4, text.length() - 4).getBytes(StandardCharsets.US_ASCII));
    }
    return forms;
  }

  private static ByteBuffer memory(GatewayProcess gateway) throws IOException {
    Path dump = Product.newFolder("dump").resolve("heap.hprof");
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    ProcessHandle java =
        Stream.concat(
                Stream.of(gateway.process().process().toHandle()),
                gateway.process().process().descendants())
            .filter(one -> one.info().command().orElse("").endsWith("java"))
            .findFirst()
            .orElseThrow();
    Commands.run(
            gateway.folder(),
            DUMP,
            jcmd,
            Long.toString(java.pid()),
            "GC.heap_dump",
            "-all",
            dump.toString())
        .expect(0);
    try (FileChannel file = FileChannel.open(dump)) {
      return file.map(FileChannel.MapMode.READ_ONLY, 0, file.size());
    } finally {
      Files.delete(dump);
    }
  }

  private static List<Path> filesWith(Path folder, byte[] form) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> contains(ByteBuffer.wrap(read(file)), form))
          .toList();
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException gone) {
      return new byte[0]; // the database renews its files
    }
  }

  private static boolean contains(ByteBuffer all, byte[] part) {
    for (int at = 0; at <= all.limit() - part.length; at++) {
      int same = 0;
      while (same < part.length && all.get(at + same) == part[same]) {
        same++;
      }
      if (same == part.length) {
        return true;
      }
    }
    return false;
  }
}
