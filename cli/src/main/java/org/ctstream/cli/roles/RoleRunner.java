package org.ctstream.cli.roles;

import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ConfigSources;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.lifecycle.ServiceRunner;
import org.ctstream.service.lifecycle.StreamService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one service as this process, from its configuration to its exit code. */
final class RoleRunner {
    private static final Logger log = LoggerFactory.getLogger(RoleRunner.class);

    private final String service;
    private final ConfigDef keys;
    private final Function<ServiceConfig, StreamService> create;

    RoleRunner(String service, ConfigDef keys, Function<ServiceConfig, StreamService> create) {
        this.service = service;
        this.keys = keys;
        this.create = create;
    }

    int run(RoleOptions options, PrintWriter out) {
        if (options.printKeys) {
            KeyReference.print(keys, out);
            return ExitCodes.OK;
        }
        ServiceConfig config = ServiceConfig.of(service, keys, merged(options));
        log.atInfo().addKeyValue("settings", config.printable()).log("Configuration read");
        return ServiceRunner.run(create.apply(config), config.millis(CommonKeys.DRAIN_TIMEOUT_MS));
    }

    private static Map<String, String> merged(RoleOptions options) {
        try {
            return ConfigSources.merge(options.file, options.environment(), options.keys);
        } catch (FatalStageException e) {
            throw CliException.usage(String.valueOf(e.getMessage()), e);
        }
    }
}
