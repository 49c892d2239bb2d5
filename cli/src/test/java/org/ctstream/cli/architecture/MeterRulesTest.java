package org.ctstream.cli.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.ctstream.cli.docs.MetricsReference;
import org.ctstream.service.metrics.MeterDefinition;

/** Keeps docs/metrics.md complete: whatever is measured was declared, and whatever was declared is on the page. */
@AnalyzeClasses(
        packages = "org.ctstream",
        importOptions = {ImportOption.DoNotIncludeTests.class})
class MeterRulesTest {
    private static final String REMEDY =
            "meters are declared in the enum of their service (MeterDefinition) and made by Metrics";

    private static final DescribedPredicate<JavaClass> ON_THE_PAGE = describe(
            "one of the enums of MetricsReference",
            type -> MetricsReference.enums().stream()
                    .anyMatch(one -> one.getName().equals(type.getName())));

    @ArchTest
    static final ArchRule metersAreMadeInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("org.ctstream.service.metrics")
            .should()
            .callMethodWhere(describe("a meter is built", MeterRulesTest::buildsAMeter))
            .because(REMEDY);

    @ArchTest
    static final ArchRule everyDeclaredMeterIsOnThePage = classes()
            .that()
            .areAssignableTo(MeterDefinition.class)
            .and()
            .areNotInterfaces()
            .should(ArchCondition.from(ON_THE_PAGE))
            .because(REMEDY);

    private static boolean buildsAMeter(JavaAccess<?> call) {
        JavaClass owner = call.getTargetOwner();
        if (!owner.getPackageName().equals("io.micrometer.core.instrument")) {
            return false;
        }
        boolean asksTheRegistry = owner.getSimpleName().equals("MeterRegistry")
                && !Set.of("config", "close").contains(call.getName());
        return asksTheRegistry || call.getName().equals("builder");
    }
}
