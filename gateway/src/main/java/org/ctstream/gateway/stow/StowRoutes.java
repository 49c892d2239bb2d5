package org.ctstream.gateway.stow;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.ctstream.gateway.intake.IntakeGate;
import org.ctstream.gateway.intake.MemoryBudget;
import org.ctstream.gateway.metrics.GatewayMeters;
import org.ctstream.gateway.pdu.Uids;
import org.ctstream.schemas.avro.Priority;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DICOMweb's store transaction: {@code POST /dicomweb/studies} and {@code /dicomweb/studies/{study}}, and the same below
 * {@code /dicomweb/stat} for scans that are urgent.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 *
 * @see "DICOM PS3.18 10.5, Store Transaction"
 */
public final class StowRoutes {
    private static final Logger log = LoggerFactory.getLogger(StowRoutes.class);
    private static final String JSON = "application/dicom+json";
    private static final String XML = "application/dicom+xml";
    private static final String RETRY_AFTER_SECONDS = "10";
    private static final int BAD_REQUEST = 400;
    private static final int NOT_ACCEPTABLE = 406;
    private static final int TOO_LARGE = 413;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private final StowSettings settings;
    private final IntakeGate gate;
    private final StoreTransaction transaction;
    private final Semaphore slots;
    private final LongSupplier nanoTime;

    public StowRoutes(
            StowSettings settings, IntakeGate gate, MemoryBudget memory, GatewayMeters meters, LongSupplier nanoTime) {
        this.settings = settings;
        this.gate = gate;
        this.transaction = new StoreTransaction(settings, gate, memory, meters);
        this.slots = new Semaphore(settings.most());
        this.nanoTime = nanoTime;
    }

    /** Adds the routes. */
    public void addTo(RoutesConfig routes) {
        routes.post("/dicomweb/studies", context -> store(context, Priority.ROUTINE));
        routes.post("/dicomweb/studies/{study}", context -> store(context, Priority.ROUTINE));
        routes.post("/dicomweb/stat/studies", context -> store(context, Priority.STAT));
        routes.post("/dicomweb/stat/studies/{study}", context -> store(context, Priority.STAT));
    }

    private void store(Context context, Priority priority) {
        if (!gate.isOpen() || !slots.tryAcquire()) {
            unavailable(context, gate.isOpen() ? "Too many requests at once" : "The gateway is not ready");
            return;
        }
        try {
            String answer = answerType(context);
            StoreReport report = transaction.run(
                    new BoundedInput(
                            context.bodyInputStream(), settings.requestBytes(), settings.requestTime(), nanoTime),
                    boundary(context),
                    study(context),
                    priority);
            if (report.status() == StoreReport.UNAVAILABLE) {
                context.header("Retry-After", RETRY_AFTER_SECONDS);
            }
            context.status(report.status())
                    .contentType(answer)
                    .result(
                            answer.equals(XML)
                                    ? AttributeText.xml(report.attributes())
                                    : AttributeText.json(report.attributes()));
        } catch (RequestException e) {
            refuse(context, e.status(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            log.atWarn().addKeyValue("reason", e.toString()).log("A store request broke off");
            refuse(context, BAD_REQUEST, "The request could not be read to its end");
        } finally {
            slots.release();
        }
    }

    private String boundary(Context context) throws RequestException {
        if (context.req().getContentLengthLong() > settings.requestBytes()) {
            throw new RequestException(
                    TOO_LARGE,
                    "The request has more than " + settings.requestBytes() + " bytes; send fewer instances at once");
        }
        Optional<MediaType> type =
                Optional.ofNullable(context.header("Content-Type")).flatMap(MediaType::parse);
        boolean related = type.filter(given -> given.name().equals("multipart/related"))
                .filter(given -> given.parameter("type").orElse("").equalsIgnoreCase("application/dicom"))
                .isPresent();
        if (!related) {
            throw new RequestException(
                    UNSUPPORTED_MEDIA_TYPE,
                    "This Content-Type is not taken (expected: multipart/related; type=\"application/dicom\";"
                            + " boundary=...)");
        }
        return type.flatMap(given -> given.parameter("boundary"))
                .orElseThrow(() -> new RequestException(BAD_REQUEST, "The Content-Type names no boundary"));
    }

    private static Optional<String> study(Context context) throws RequestException {
        Optional<String> study = Optional.ofNullable(context.pathParamMap().get("study"));
        if (study.isPresent() && !Uids.isUid(study.get())) {
            throw new RequestException(BAD_REQUEST, "The study of the path is no UID");
        }
        return study;
    }

    private static String answerType(Context context) throws RequestException {
        String accept = context.header("Accept");
        if (accept == null || accept.isBlank()) {
            return JSON;
        }
        for (String one : accept.split(",", -1)) {
            String name = MediaType.parse(one).map(MediaType::name).orElse("");
            switch (name) {
                case JSON, "application/json", "application/*", "*/*" -> {
                    return JSON;
                }
                case XML -> {
                    return XML;
                }
                default -> {
                    // The next may do.
                }
            }
        }
        throw new RequestException(NOT_ACCEPTABLE, "Answers are " + JSON + " or " + XML);
    }

    private static void unavailable(Context context, String message) {
        context.header("Retry-After", RETRY_AFTER_SECONDS);
        refuse(context, StoreReport.UNAVAILABLE, message + "; try again later");
    }

    /** The body is not read to its end, so the connection cannot be used again. */
    private static void refuse(Context context, int status, String message) {
        context.header("Connection", "close")
                .status(status)
                .contentType("text/plain; charset=utf-8")
                .result(message + "\n");
    }
}
