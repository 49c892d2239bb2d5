@org.jspecify.annotations.NullMarked
package org.ctstream.reliability;
