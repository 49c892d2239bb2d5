/** A network's parameters by name, and the safetensors file they are kept in. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.weights;
