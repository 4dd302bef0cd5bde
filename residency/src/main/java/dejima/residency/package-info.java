/// May this data be processed there? Data classes, sites, and the policy that permits or denies.
@NullMarked
package dejima.residency;

import org.jspecify.annotations.NullMarked;
