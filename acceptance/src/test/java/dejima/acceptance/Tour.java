package dejima.acceptance;

import dejima.acceptance.product.Finished;
import dejima.acceptance.product.FreePorts;
import dejima.acceptance.product.Product;
import java.nio.file.Path;

/// One run of `./dejima demo --once`, for all tests that look at what it leaves.
///
/// @param folder where it ran
/// @param finished what it said
record Tour(Path folder, Finished finished) {
  private static final Tour ONCE = run();

  static Tour once() {
    return ONCE;
  }

  private static Tour run() {
    Path folder = Product.newFolder("tour");
    String port = Integer.toString(FreePorts.take(1).getFirst());
    return new Tour(folder, Product.run(folder, "demo", "--once", "--port", port));
  }
}
