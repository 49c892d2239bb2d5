package org.ctstream.service.pseudonym;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of a service that reads DICOM headers: the site's secret and the scanners' time zone. */
public final class PseudonymKeys {
    public static final String PSEUDONYM_KEY = "pseudonym.key";
    public static final String PSEUDONYM_KEY_FILE = "pseudonym.key.file";
    public static final String SITE_TIME_ZONE = "site.time.zone";

    private static final Logger log = LoggerFactory.getLogger(PseudonymKeys.class);

    private PseudonymKeys() {}

    /** Adds the keys. */
    public static ConfigDef define(ConfigDef def) {
        return def.define(
                        PSEUDONYM_KEY,
                        Type.PASSWORD,
                        "",
                        PseudonymKey.validator(),
                        Importance.HIGH,
                        "The site's secret for pseudonyms of DICOM UIDs and PatientIDs: text of 16 bytes or more, or "
                                + "base64:<bytes>. Keep it: with another key the same patient gets another pseudonym. "
                                + "Without a key these identifiers are dropped.")
                .define(
                        PSEUDONYM_KEY_FILE,
                        Type.STRING,
                        "",
                        Importance.HIGH,
                        "File with the site's secret, instead of " + PSEUDONYM_KEY + ".")
                .define(
                        SITE_TIME_ZONE,
                        Type.STRING,
                        "",
                        ConfigDef.LambdaValidator.with(
                                (name, value) -> checkZone(name, String.valueOf(value)),
                                () -> "empty or a time zone, for example Europe/Berlin"),
                        Importance.LOW,
                        "Time zone of the scanners, for DICOM files that state no offset from UTC. Empty means the "
                                + "time zone of the machine the service runs on.");
    }

    /**
     * The pseudonyms of a configuration; without a key none, which the log says.
     *
     * @throws ConfigProblemsException if the key is given twice
     * @throws org.ctstream.service.error.FatalStageException if its file cannot be read
     */
    public static Pseudonyms pseudonyms(String service, ServiceConfig config) {
        Optional<byte[]> given =
                PseudonymKey.parse(config.password(PSEUDONYM_KEY).value());
        if (!config.isSet(PSEUDONYM_KEY_FILE)) {
            return given.map(Pseudonyms::keyed).orElseGet(PseudonymKeys::dropped);
        }
        if (given.isPresent()) {
            throw new ConfigProblemsException(
                    service,
                    List.of(PSEUDONYM_KEY + " and " + PSEUDONYM_KEY_FILE + " are both set (expected: one of them)"));
        }
        return Pseudonyms.keyed(PseudonymKey.read(config.path(PSEUDONYM_KEY_FILE)));
    }

    /** Where the scanners stand. */
    public static ZoneId siteZone(ServiceConfig config) {
        String zone = config.string(SITE_TIME_ZONE);
        return zone.isBlank() ? ZoneId.systemDefault() : ZoneId.of(zone);
    }

    private static Pseudonyms dropped() {
        log.atWarn()
                .log("No pseudonym key: UIDs and patient ids in DICOM headers are dropped; set " + PSEUDONYM_KEY
                        + " or " + PSEUDONYM_KEY_FILE);
        return Pseudonyms.none();
    }

    private static void checkZone(String name, String zone) {
        if (zone.isBlank()) {
            return;
        }
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new ConfigException(name, zone, "expected nothing or a time zone, for example Europe/Berlin");
        }
    }
}
