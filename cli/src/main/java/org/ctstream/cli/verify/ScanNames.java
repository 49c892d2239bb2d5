package org.ctstream.cli.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ctstream.cli.connect.Place;
import org.ctstream.service.deadletter.DeadLetter;

/**
 * What a scan is called in a count: its id, which is the record's key. A record without a key, or whose key is no scan id
 * and might be anything, goes by the place where it was received; its dead letter names that place too.
 */
final class ScanNames {
    private static final Pattern SCAN_ID = Pattern.compile("[A-Za-z0-9._:-]{1,200}");

    private ScanNames() {}

    static String of(ConsumerRecord<byte[], byte[]> record) {
        String key = key(record);
        return isScanId(key) ? key : Place.of(record).toString();
    }

    static String ofLetter(ConsumerRecord<byte[], byte[]> letter) {
        String key = key(letter);
        if (isScanId(key)) {
            return key;
        }
        DeadLetter about = DeadLetter.read(letter);
        return about.topic() + "-" + about.partition() + "@" + about.offset();
    }

    /** False for the name of a place. */
    static boolean isScanId(String name) {
        return SCAN_ID.matcher(name).matches();
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), UTF_8);
    }
}
