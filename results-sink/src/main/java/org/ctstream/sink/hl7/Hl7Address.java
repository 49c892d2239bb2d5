package org.ctstream.sink.hl7;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.sink.deliver.NamedValues;

/** An HL7 receiver. */
public record Hl7Address(String name, String host, int port) {
    private static final Pattern HOST_AND_PORT = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9a-fA-F:.]+]):([0-9]{1,5})");
    private static final int MOST = 16;
    private static final int MOST_PORT = 65_535;

    /**
     * The configured receivers.
     *
     * @param problems gets a sentence for each that does not fit
     */
    public static List<Hl7Address> of(ServiceConfig config, List<String> problems) {
        NamedValues named =
                NamedValues.parse(Hl7Keys.ADDRESSES, config.string(Hl7Keys.ADDRESSES), "host:port", problems);
        var addresses = new ArrayList<Hl7Address>();
        for (String name : named.names()) {
            Matcher parts = HOST_AND_PORT.matcher(named.get(name).orElse(""));
            int port = parts.matches() ? Integer.parseInt(parts.group(2)) : 0;
            if (port < 1 || port > MOST_PORT) {
                problems.add("Cannot use the address of " + name + " in " + Hl7Keys.ADDRESSES
                        + " (expected: host:port, the port from 1 to " + MOST_PORT + ")");
            } else {
                addresses.add(new Hl7Address(name, parts.group(1), port));
            }
        }
        if (addresses.size() > MOST) {
            problems.add(
                    Hl7Keys.ADDRESSES + " names " + addresses.size() + " receivers (expected: at most " + MOST + ")");
        }
        return addresses;
    }
}
