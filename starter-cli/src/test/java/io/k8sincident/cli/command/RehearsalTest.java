package io.k8sincident.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.cli.output.ExitCode;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void aCauseIsFoundSoThatTheRulesAndTheirReportAreRun() {
        assertThat(Rehearsal.hold(Diagnosticians.standard())).isEqualTo(ExitCode.FOUND);
    }
}
