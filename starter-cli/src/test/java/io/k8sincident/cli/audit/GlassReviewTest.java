package io.k8sincident.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.approval.Purpose;
import io.k8sincident.activities.approval.ssh.AllowedSigners;
import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.activities.audit.TrailEntry;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlassReviewTest {
    private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");
    private static final BrokenGlass BROKEN = new BrokenGlass(
            7, "incident", "run", "d-1", "sha256:1", "sha256:2", List.of("ann"), "down", List.of(), AT, null);

    @ParameterizedTest
    @CsvSource({
        "'', 1, true",
        "'', 0, false",
        "no-touch-required, 0, true",
        "verify-required, 1, false",
        "verify-required, 5, true",
    })
    void isVerifiedByAHardwareKeyAsItsLineDemands(String option, byte flags, boolean verified)
            throws GeneralSecurityException {
        HardwareKey key = new HardwareKey();
        String proof =
                key.sign(GlassReview.statement(BROKEN, "dana", "it was right"), Purpose.DECISION.namespace(), flags);
        AllowedSigners signers = AllowedSigners.parse("signers", "dana " + option + " " + key.line() + "\n");

        Optional<GlassReview> review = GlassReview.of(
                BROKEN, entry(GlassReview.entry(BROKEN, "dana", "it was right", proof)), Optional.of(signers));

        assertThat(review)
                .hasValueSatisfying(found -> assertThat(found.verified()).isEqualTo(verified));
    }

    private static ChainedEntry entry(TrailEntry entry) {
        return new ChainedEntry(
                9, AT, entry.incident(), entry.runId(), entry.actor(), entry.event(), entry.detail(), "", "");
    }
}
