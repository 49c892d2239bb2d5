package org.ctstream.sink.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Statement;
import org.ctstream.schemas.avro.Label;
import org.ctstream.service.error.FatalStageException;
import org.junit.jupiter.api.Test;

class InsertedTest {
    private final Inserted inserted = new Inserted();
    private final Classified result = SampleResults.at(0, 0, SampleResults.result("scan-1", Label.POSITIVE));

    @Test
    void oneRowIsANewResultAndNoneAnOldOne() {
        inserted.count(result, 1);
        inserted.count(result, 0);

        assertThat(inserted.added()).containsExactly(result);
        assertThat(inserted.existing()).isEqualTo(1);
    }

    @Test
    void aDriverThatDoesNotCountIsNotTakenForAnOldResult() {
        assertThatThrownBy(() -> inserted.count(result, Statement.SUCCESS_NO_INFO))
                .isInstanceOf(FatalStageException.class)
                .hasMessageContaining("database.url");
    }
}
