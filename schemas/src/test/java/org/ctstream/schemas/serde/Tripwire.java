package org.ctstream.schemas.serde;

/** A class that does harm when it is initialised: it sets a system property. */
final class Tripwire {
    static final String PROPERTY = "ctstream.test.tripwire";

    static {
        System.setProperty("ctstream.test.tripwire", "initialised");
    }

    private Tripwire() {}
}
