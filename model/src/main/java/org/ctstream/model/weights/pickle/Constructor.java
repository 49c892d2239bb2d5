package org.ctstream.model.weights.pickle;

import java.util.List;

/** What a pickle may call under a name: our own code for one class or function of Python's. */
@FunctionalInterface
public interface Constructor {
    /**
     * Makes the object that the call would have made.
     *
     * @param arguments as {@link Unpickler#load} describes values
     * @throws PickleException if they are not such a call's
     */
    Object make(List<Object> arguments) throws PickleException;
}
