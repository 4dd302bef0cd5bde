package dejima.bench.decision;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Cedar by its own Java library, which hands each request to Rust as JSON. The policies are parsed
/// once; the requests lie ready.
final class Cedar implements Decider {
  private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
  private final List<AuthorizationRequest> requests = new ArrayList<>();
  private final PolicySet policies;

  Cedar(Rules rules) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rules.cedar().size(); i++) {
      text.append(rules.permits().get(i) ? "permit" : "forbid")
          .append("(principal, action, resource) when { ")
          .append(rules.cedar().get(i))
          .append(" };\n");
    }
    try {
      this.policies = PolicySet.parsePolicies(text.toString());
      // Without this they would be handed over and parsed again with each request.
      policies.cache();
    } catch (AuthException | CacheException wrong) {
      throw new IllegalStateException(wrong);
    }
    for (int i = 0; i < Situations.COUNT; i++) {
      Map<String, Value> context = new HashMap<>();
      Situations.facts(i).forEach((name, value) -> context.put(name, value(value)));
      requests.add(
          new AuthorizationRequest(
              entity("Tenant::\"t\""),
              entity("Action::\"infer\""),
              entity("Site::\"s\""),
              context));
    }
  }

  private static EntityUID entity(String text) {
    return EntityUID.parse(text).orElseThrow();
  }

  private static Value value(Object value) {
    return switch (value) {
      case Boolean flag -> new PrimBool(flag);
      case Long whole -> new PrimLong(whole);
      default -> new PrimString(value.toString());
    };
  }

  @Override
  public String name() {
    return "cedar-java";
  }

  @Override
  public boolean permits(int situation) {
    try {
      return engine
          .isAuthorized(requests.get(situation), policies, Set.of())
          .success
          .orElseThrow()
          .isAllowed();
    } catch (AuthException wrong) {
      throw new IllegalStateException(wrong);
    }
  }
}
