package org.ctstream.model.weights.pickle;

/** Meaning of the names in a pickle. */
public interface Names {
    /**
     * A class or function, {@link Constructor} if the pickle may call it and any other value if it may only mention it.
     *
     * @throws PickleException if the pickle may not even mention it
     */
    Object global(String module, String name) throws PickleException;

    /**
     * The object that lies outside the pickle under an identity.
     *
     * @throws PickleException if there can be none
     */
    Object persistent(Object identity) throws PickleException;
}
