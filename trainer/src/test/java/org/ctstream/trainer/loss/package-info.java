/** What the phases minimise, and which triplets they take. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.loss;
