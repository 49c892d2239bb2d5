package org.ctstream.trainer.search;

import org.ctstream.trainer.phase.PhaseListener;

/** Is told how a search goes; called on the searching thread. */
public interface SearchListener {
    /** A trial begins or goes on; the listener returned is told of its epochs. */
    PhaseListener begun(TrialSettings trial, int trials);

    /**
     * A trial is over.
     *
     * @param earlier whether it was so before this search was started
     */
    void over(TrialResult result, int trials, boolean earlier);
}
