package org.ctstream.gateway.dimse;

import java.io.IOException;
import org.ctstream.gateway.pdu.PduException;

/** Hears of messages as they come in. Called by the association's thread. */
public interface MessageHandler {
    /** Takes the parts of a data set, in order. */
    interface DataSetSink {
        /** One part; shared, to be copied if kept. */
        void take(byte[] bytes, int offset, int length);

        /** The data set is whole. */
        void complete() throws IOException, PduException;

        /** The rest will never come. */
        void abandon();
    }

    /** A command that no data set follows. */
    void command(int contextId, Command command) throws IOException, PduException;

    /** A command whose data set goes into the returned sink. */
    DataSetSink commandWithDataSet(int contextId, Command command) throws IOException, PduException;
}
