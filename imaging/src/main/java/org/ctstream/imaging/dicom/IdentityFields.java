package org.ctstream.imaging.dicom;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ctstream.imaging.bounds.ScanDecodeException;

/**
 * Reads the allow-listed header fields. A field that cannot be understood is left out, never an error: the pixels matter
 * more.
 *
 * @see "DICOM PS3.5 6.2, Value Representation DT, DA and TM"
 */
final class IdentityFields {

    private static final Pattern DATE_TIME = Pattern.compile(
            "(\\d{4})(\\d{2})(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:\\.(\\d{1,6}))?)?)?)?([+-]\\d{4})?");
    private static final Pattern OFFSET = Pattern.compile("([+-])(\\d{2})(\\d{2})");

    private IdentityFields() {}

    static DicomIdentity of(DicomDataSet dataSet) throws ScanDecodeException {
        Optional<String> written = writtenDateTime(dataSet);
        Optional<Matcher> fields = written.map(DATE_TIME::matcher).filter(Matcher::matches);
        Optional<String> ownOffset = fields.map(matcher -> matcher.group(8));
        Optional<String> fileOffset = dataSet.text(DicomTag.TimezoneOffsetFromUTC);
        return new DicomIdentity(
                dataSet.text(DicomTag.StudyInstanceUID),
                dataSet.text(DicomTag.SeriesInstanceUID),
                dataSet.text(DicomTag.SOPInstanceUID),
                dataSet.text(DicomTag.PatientID),
                fields.flatMap(IdentityFields::dateTime),
                ownOffset.or(() -> fileOffset).flatMap(IdentityFields::offset));
    }

    /** AcquisitionDateTime, or the date and time it is made of where a scanner writes only those. */
    private static Optional<String> writtenDateTime(DicomDataSet dataSet) throws ScanDecodeException {
        Optional<String> whole = dataSet.text(DicomTag.AcquisitionDateTime);
        if (whole.isPresent()) {
            return whole;
        }
        String time = dataSet.text(DicomTag.AcquisitionTime).orElse("");
        return dataSet.text(DicomTag.AcquisitionDate).map(date -> date + time);
    }

    private static Optional<LocalDateTime> dateTime(Matcher fields) {
        try {
            return Optional.of(LocalDateTime.of(
                    number(fields, 1),
                    number(fields, 2),
                    number(fields, 3),
                    number(fields, 4),
                    number(fields, 5),
                    number(fields, 6),
                    nanos(fields)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher fields, int group) {
        String digits = fields.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanos(Matcher fields) {
        String digits = fields.group(7);
        return digits == null ? 0 : Integer.parseInt((digits + "00000000").substring(0, 9));
    }

    private static Optional<ZoneOffset> offset(String written) {
        Matcher fields = OFFSET.matcher(written);
        if (!fields.matches()) {
            return Optional.empty();
        }
        int sign = fields.group(1).equals("-") ? -1 : 1;
        try {
            return Optional.of(ZoneOffset.ofHoursMinutes(sign * number(fields, 2), sign * number(fields, 3)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
