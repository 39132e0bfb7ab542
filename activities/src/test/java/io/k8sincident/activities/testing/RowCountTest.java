package io.k8sincident.activities.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.scenarios.matrix.FaultMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowCountTest {
    private static final String PLAN = "sha256:1";

    private final RowCount row = new RowCount();

    @BeforeEach
    @AfterEach
    void clear() {
        WireTally.clear();
    }

    @Test
    void countsNoWritesWhereNobodyWatchedTheWire() {
        row.add(false);
        row.add(true);

        assertThat(row.runs()).isEqualTo("2 tests, 1 failed");
        assertThat(row.duplicates()).isEqualTo(FaultMatrix.NOT_COUNTED);
        assertThat(row.unapproved()).isEqualTo(FaultMatrix.NOT_COUNTED);
    }

    @Test
    void countsThemWhereAnApiWasOpened() throws Exception {
        try (FaultyApi api = new FaultyApi(new StoreBackend())) {
            assertThat(api.writes()).isZero();
        }
        row.add(false);
        WireTally.clear();
        row.add(false);

        assertThat(row.runs()).isEqualTo("2 tests, 0 failed, 0 writes");
        assertThat(row.duplicates()).isZero();
        assertThat(row.unapproved()).isZero();
    }

    @Test
    void findsNoFaultWithAnApprovedWrite() {
        write("approved");
        row.add(false);

        assertThat(row.runs()).isEqualTo("1 tests, 0 failed, 1 writes");
        assertThatCode(() -> row.requireHarmless("fault")).doesNotThrowAnyException();
    }

    @Test
    void failsOnAWriteThatWasCarriedOutTwice() {
        write("approved");
        write("approved");
        row.add(false);

        assertThatThrownBy(() -> row.requireHarmless("reset at a write"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("reset at a write: 1 duplicate writes and 0 without an approval were carried out; both must"
                        + " be 0");
    }

    @Test
    void failsOnAWriteWithoutAnApproval() {
        write("");
        row.add(false);

        assertThatThrownBy(() -> row.requireHarmless("reset at a write"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("0 duplicate writes and 1 without an approval");
    }

    private static void write(String approval) {
        WireTally.watch();
        if (!approval.isEmpty()) {
            WireTally.approved(PLAN);
        }
        WireTally.applied(Crashy.PATH, "{\"metadata\":{\"annotations\":{\"k8sincident.io/plan\":\"" + PLAN + "/0\"}}}");
    }
}
