package dejima.agent;

/// The configuration that `dejima agent init` writes: every key with what it means.
final class SampleConfig {
  private SampleConfig() {}

  static String of(String site) {
    return """
    # Dejima agent. Paths are relative to this file. An unknown key is a mistake.

    site: %s                  # the name under which gateways know this site
    operator: Example K.K.    # the legal person that runs it
    country: JP               # where the machines are: two capital letters, ZZ if not known
    control: domestic         # who can be compelled: domestic, foreign or unknown
    # sku: Standard           # the deployment's kind at a cloud provider
    # standIn: true           # this only stands in for the site it is named after

    listen: 127.0.0.1:9101    # where gateways connect to
    identity: identity        # directory of the site's key; back it up

    gateways:                 # the pins of the gateways that are answered, and of no others
      - sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=   # replace by the gateway's pin

    engine:
      kind: builtin           # the self-test model that comes with Dejima

    # engine:
    #   kind: openai          # vLLM, SGLang, Ollama, Azure OpenAI, any OpenAI-compatible server
    #   url: http://127.0.0.1:8000/v1
    #   keyFile: engine.key   # its API key, on one line
    #   keyHeader: bearer     # or api-key, for Azure
    #   models: [my-model]    # serve only these; all that it lists if left out
    #   idleSeconds: 120      # longest silence, time to the first byte included
    #   totalSeconds: 900     # longest answer

    # engine:
    #   kind: llama-server    # a llama-server that the agent starts, watches and restarts
    #   program: llama-server
    #   model: model.gguf
    #   name: my-model
    #   threads: 4
    #   slots: 4              # answers at the same time
    #   context: 0            # tokens for all slots together; 0: what the model has
    #   arguments: []         # passed on as they are

    # location:               # lets landmarks measure how far away this site is (evidence level E2)
    #   listen: 0.0.0.0:9201  # UDP; landmarks must reach it
    #   landmarks:            # the keys of those that may ask, as each prints it
    #     - osaka-1.landmark.example+00000000+AAAA…

    # attestation:            # files of your attestation tools (evidence levels E3 and E4)
    #   nonce: attestation/nonce            # the agent writes here what the next quote must bind
    #   snpReport: attestation/report.bin   # AMD SEV-SNP, with snpChain: its certificates, PEM
    #   snpChain: attestation/chain.pem
    #   tdxQuote: attestation/quote.bin     # or Intel TDX
    #   gpuToken: attestation/gpu.json      # NVIDIA's token for the same nonce
    #   sealingKey: attestation/seal.pub    # X25519, 32 bytes, bound by the quote
    #   sealingSecret: attestation/seal.key # its private half; with it the agent opens sealed prompts
    #                           # several gateways: write {gateway} into the paths of nonce, quotes and
    #                           # token, such as attestation/{gateway}/nonce; it stands for the pin in hex

    limits:
      concurrent: 8           # one more answer at once is refused with 429
      bodyMebibytes: 32       # longest request
      receiveSeconds: 30      # a request has arrived completely within
      stallSeconds: 30        # an answer may be left unread for
      drainSeconds: 30        # a stopping agent waits for open answers
    """
        .formatted(site);
  }
}
