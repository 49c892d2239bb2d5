package org.ctstream.model.engine;

/** What happens at the start if the engine or the device that is named is not there. */
public enum EngineFallback {
    /** Nothing is served. */
    FAIL,
    /** Another one is chosen as if none had been named, with a warning in the log. */
    WARN
}
