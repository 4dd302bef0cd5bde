package dejima.agent.builtin;

import dejima.agent.InferenceEngine;
import dejima.agent.InferenceEngineContract;

class BuiltinEngineContractTest extends InferenceEngineContract {
  @Override
  protected InferenceEngine ready() {
    return TestEngines.engine();
  }

  @Override
  protected String model() {
    return "builtin-selftest";
  }
}
