package org.ctstream.releases;

import org.ctstream.service.error.StageException;

/** Hears of announcements; called by the follower's thread, which must not be kept waiting. */
public interface ReleaseListener {
    /** The topic says this now. First called when all is read that was there at the start. */
    void catalogue(ReleaseCatalogue catalogue);

    /** The topic cannot be followed for now; it is tried again. What was last said still holds. */
    void away(StageException why);
}
