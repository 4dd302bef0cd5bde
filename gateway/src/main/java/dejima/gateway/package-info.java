/// Inference requests: dialects, keys and limits, classification, the choice among permitted sites.
@NullMarked
package dejima.gateway;

import org.jspecify.annotations.NullMarked;
