/** A trained network becomes a release: weights, manifest, figures from validation, lineage and a card for people. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.release;
