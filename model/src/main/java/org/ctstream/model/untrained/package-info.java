/** Seeded weights that no training made, so that the pipeline runs before there is a trained release. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.untrained;
