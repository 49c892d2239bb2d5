/** The reference engine: what was trained is what is served, through DJL and PyTorch. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.engine.pytorch;
