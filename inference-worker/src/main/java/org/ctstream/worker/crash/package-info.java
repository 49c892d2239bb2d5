/** Finding the scan that ends the worker's process, by what the engine had when the process ended. */
@org.jspecify.annotations.NullMarked
package org.ctstream.worker.crash;
