package org.ctstream.service.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;

/** Opens a {@link Tracing} that sends by OTLP, as the configuration wants it. */
public final class OtlpTracing {
    private static final long LAST_SPANS_SECONDS = 5;
    private static final long REQUEST_SECONDS = 10;
    /** Spans that wait; those beyond are dropped. */
    private static final int MOST_WAITING = 4_096;

    private static final Duration SEND_EVERY = Duration.ofSeconds(1);
    private static final int LONGEST_ATTRIBUTE = 256;

    private OtlpTracing() {}

    /**
     * Of a service.
     *
     * @param service the role, for example {@code inference-worker}
     * @throws ConfigProblemsException if the endpoint or the headers are not what they should be
     */
    public static Tracing open(ServiceConfig config, String service) {
        return open(TracingSettings.of(config, service));
    }

    /**
     * Of a command.
     *
     * @param keys those of {@link org.ctstream.service.config.TracingKeys} among any others
     * @param command as its spans name their service
     * @param instance which process of it
     * @throws ConfigProblemsException if the endpoint or the headers are not what they should be
     */
    public static Tracing open(Map<String, String> keys, String command, String instance) {
        return open(TracingSettings.of(keys, command, instance));
    }

    private static Tracing open(TracingSettings settings) {
        if (settings.endpoint().isEmpty()) {
            return Tracing.none();
        }
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint())
                .setTimeout(REQUEST_SECONDS, TimeUnit.SECONDS);
        settings.headers().forEach(exporter::addHeader);
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(resource(settings))
                // Not by what the parent says: a publisher that sends no spans of its own marks its traces as "not
                // sampled", which is no wish that nobody else should. The trace id decides, in every service alike.
                .setSampler(Sampler.traceIdRatioBased(settings.sampleRatio()))
                .setSpanLimits(SpanLimits.builder()
                        .setMaxAttributeValueLength(LONGEST_ATTRIBUTE)
                        .build())
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build())
                        .setMaxQueueSize(MOST_WAITING)
                        .setScheduleDelay(SEND_EVERY)
                        .build())
                .build();
        var telemetry = OpenTelemetrySdk.builder().setTracerProvider(provider).build();
        return Tracing.by(telemetry, () -> {
            var unused = provider.shutdown().join(LAST_SPANS_SECONDS, TimeUnit.SECONDS);
        });
    }

    private static Resource resource(TracingSettings settings) {
        return Resource.getDefault()
                .merge(Resource.create(Attributes.builder()
                        .put("service.namespace", "ctstream")
                        .put("service.name", settings.service())
                        .put("service.instance.id", settings.instance())
                        .build()));
    }
}
