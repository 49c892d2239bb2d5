/** The network in training: which stages learn, and where its gradients and time go. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.network;
