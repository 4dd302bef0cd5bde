/// A supervised `llama-server` as engine.
@NullMarked
package dejima.agent.llama;

import org.jspecify.annotations.NullMarked;
