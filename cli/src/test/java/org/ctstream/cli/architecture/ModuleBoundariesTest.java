package org.ctstream.cli.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;

/** Keeps the column "must not know" of the module table true, and the packages of features free of cycles. */
@AnalyzeClasses(
        packages = "org.ctstream",
        importOptions = {ImportOption.DoNotIncludeTests.class})
class ModuleBoundariesTest {
    private static final String KAFKA = "org.apache.kafka..";
    private static final String DJL = "ai.djl..";
    private static final String CLI = "org.ctstream.cli..";
    private static final String EMBEDDED = "org.ctstream.embedded..";
    private static final String GATEWAY = "org.ctstream.gateway..";
    private static final String IMAGING = "org.ctstream.imaging..";
    private static final String INGEST = "org.ctstream.ingest..";
    private static final String MODEL = "org.ctstream.model..";
    private static final String PUBLISHER = "org.ctstream.publisher..";
    private static final String RELEASES = "org.ctstream.releases..";
    private static final String SCHEMAS = "org.ctstream.schemas..";
    private static final String SERVICE = "org.ctstream.service..";
    private static final String SINK = "org.ctstream.sink..";
    private static final String TRAINER = "org.ctstream.trainer..";
    private static final String WORKER = "org.ctstream.worker..";

    @ArchTest
    static final ArchRule schemasKnowsNoOtherModule = module(SCHEMAS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    CLI, EMBEDDED, GATEWAY, IMAGING, INGEST, MODEL, PUBLISHER, RELEASES, SERVICE, SINK, TRAINER,
                    WORKER);

    @ArchTest
    static final ArchRule imagingKnowsNeitherKafkaNorDjl = module(IMAGING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(KAFKA, DJL, SCHEMAS, SERVICE, MODEL, PUBLISHER, RELEASES, TRAINER, EMBEDDED);

    @ArchTest
    static final ArchRule modelKnowsNoKafka = module(MODEL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(KAFKA, SCHEMAS, SERVICE, RELEASES, TRAINER, EMBEDDED);

    @ArchTest
    static final ArchRule serviceKnowsNeitherImagesNorNetworks = module(SERVICE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(IMAGING, MODEL, DJL, PUBLISHER, RELEASES, TRAINER, EMBEDDED);

    @ArchTest
    static final ArchRule publisherKnowsNoNetworksAndNoService = module(PUBLISHER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DJL, MODEL, RELEASES, GATEWAY, INGEST, WORKER, SINK, TRAINER, EMBEDDED);

    @ArchTest
    static final ArchRule gatewayKnowsNoNetworks =
            module(GATEWAY).should().dependOnClassesThat().resideInAnyPackage(DJL, MODEL, RELEASES, EMBEDDED);

    @ArchTest
    static final ArchRule ingestKnowsNoNetworks =
            module(INGEST).should().dependOnClassesThat().resideInAnyPackage(DJL, MODEL, RELEASES);

    @ArchTest
    static final ArchRule workerDoesNotKnowHowNetworksAreBuilt = module(WORKER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    DJL,
                    "org.ctstream.model.network..",
                    "org.ctstream.model.weights..",
                    "org.ctstream.model.engine.none..",
                    "org.ctstream.model.engine.pytorch..",
                    "org.ctstream.model.engine.support..",
                    IMAGING);

    @ArchTest
    static final ArchRule releasesKnowsNeitherImagesNorNetworks = module(RELEASES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DJL, IMAGING, EMBEDDED, "org.ctstream.model.network..", "org.ctstream.model.engine..");

    @ArchTest
    static final ArchRule trainerRunsOnItsOwn =
            module(TRAINER).should().dependOnClassesThat().resideInAnyPackage(EMBEDDED, CLI);

    @ArchTest
    static final ArchRule sinkKnowsReleasesByNameAndNoNetworks = module(SINK)
            .should()
            .dependOnClassesThat(resideInAnyPackage(DJL, IMAGING)
                    .or(resideInAPackage(MODEL).and(not(resideInAPackage("org.ctstream.model.release")))));

    @ArchTest
    static final ArchRule embeddedStackKnowsNoOtherModule = module(EMBEDDED)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    CLI, GATEWAY, IMAGING, INGEST, MODEL, PUBLISHER, RELEASES, SCHEMAS, SERVICE, SINK, TRAINER, WORKER);

    @ArchTest
    static final ArchRule servicesDoNotKnowEachOther =
            slices().assignedFrom(new ServiceSlices()).should().notDependOnEachOther();

    @ArchTest
    static final ArchRule nobodyDependsOnTheCommand = noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLI);

    @ArchTest
    static final ArchRule featurePackagesOfServicesAreFreeOfCycles = slices().matching(
                    "org.ctstream.(service|publisher|gateway|ingest|worker|sink|imaging|model|releases|trainer).(*)..")
            .should()
            .beFreeOfCycles();

    private static GivenClassesConjunction module(String packages) {
        return noClasses().that().resideInAPackage(packages);
    }
}
