/** One phase of training: its settings, its epochs, its best weights. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.phase;
