package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.BreakGlass;
import io.k8sincident.workflows.model.Execution;
import io.k8sincident.workflows.model.Execution.Status;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.Lift;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the executor makes of an approval that broke the glass: no more than was ruled, and only while it may be. */
class BrokenGlassExecutionTest extends GlassToBreak {
    @Test
    void writesInAFreezeOnlyByBrokenGlass() {
        Ruling normal = glass.approves("bob");
        assertThat(normal.accepted()).isTrue();
        glass.policy(BrokenGlass.FROZEN, "freeze");
        assertThat(execute(normal).status()).isEqualTo(Status.BLOCKED);
        assertThat(glass.signing.api.writes()).isZero();

        Execution execution = execute(glass.breaks("ann"));

        assertThat(execution.status()).as(execution.message()).isEqualTo(Status.APPLIED);
    }

    @Test
    void writesOverALimitThatWasLiftedAndStillCountsIt() {
        glass.busy();
        glass.policy(BrokenGlass.ONE_AN_HOUR, "limits");

        assertThat(execute(glass.breaks("ann")).status()).isEqualTo(Status.APPLIED);
        assertThat(glass.remedy.trail.find("slots:test:demo", "slot_claimed")).hasSize(2);
        assertThat(glass.remedy.trail.find("slots:test:demo", "slot_returned")).isEmpty();
    }

    @Test
    void writesNothingOnceThePersonMayNotAnyMore() {
        glass.policy(BrokenGlass.FROZEN, "freeze");
        Ruling ruling = glass.breaks("ann");
        glass.remedy.policy = glass.remedy.policy.replace("people: [ann, ben]", "people: [ben]");

        blocked(execute(ruling), "does not let ann break the glass any more for freeze");
    }

    @Test
    void writesNothingOnceItIsNotToBeLiftedAnyMore() {
        glass.policy(BrokenGlass.FROZEN, "freeze, breaker");
        Ruling ruling = glass.breaks("ann");
        glass.policy(BrokenGlass.FROZEN, "breaker");

        blocked(execute(ruling), "break the glass any more for freeze");
    }

    @Test
    void writesNothingOnceNobodyMayBreakTheGlass() {
        glass.policy(BrokenGlass.FROZEN, "freeze");
        Ruling ruling = glass.breaks("ann");
        glass.strictPolicy(BrokenGlass.FROZEN);

        blocked(execute(ruling), "policy.yaml does not let ann");
    }

    /** The policy would let it be lifted, but nobody did. */
    @Test
    void liftsNothingThatCameAfterTheRuling() {
        glass.policy(BrokenGlass.FROZEN, BrokenGlass.ALL);
        Ruling ruling = glass.breaks("ann");
        glass.unhealthy();
        glass.policy(BrokenGlass.FROZEN + BrokenGlass.BREAKER, BrokenGlass.ALL);

        blocked(execute(ruling), "the breaker is tripped");
    }

    @Test
    void liftsNothingElseThatChangedAfterTheRuling() {
        glass.policy(BrokenGlass.FROZEN, BrokenGlass.ALL);
        Ruling ruling = glass.breaks("ann");
        glass.policy(BrokenGlass.FROZEN + "optOut: [team]\n", BrokenGlass.ALL);

        blocked(execute(ruling), "has the annotation team");
    }

    /** The workflow is not believed: what was lifted stands in the trail. */
    @Test
    void liftsNothingBecauseTheWorkflowSaysSo() {
        Ruling normal = glass.approves("bob");
        glass.policy(BrokenGlass.FROZEN, BrokenGlass.ALL);
        Ruling invented = new Ruling(
                normal.decisionId(),
                normal.verdict(),
                normal.approver(),
                normal.reason(),
                normal.message(),
                normal.decisionDigest(),
                normal.at(),
                new BreakGlass(
                        BrokenGlass.WHY,
                        List.of("ann"),
                        List.of(new BreakGlass.Lifted(Lift.FREEZE, "policy.yaml:11", "freeze"))));

        blocked(execute(invented), "freeze 'now'");
    }

    @Test
    void putsBackInAFreezeWhatWasWrittenInIt() {
        glass.policy(BrokenGlass.FROZEN, "freeze");
        ExecutionRequest request = request(glass.breaks("ann"));
        assertThat(glass.remedy.execution.execute(request).status()).isEqualTo(Status.APPLIED);

        assertThat(glass.remedy.execution.restore(request).status()).isEqualTo(Status.APPLIED);
    }

    @Test
    void putsNothingBackInAFreezeOnceNobodyMayBreakTheGlass() {
        glass.policy(BrokenGlass.FROZEN, "freeze");
        ExecutionRequest request = request(glass.breaks("ann"));
        assertThat(glass.remedy.execution.execute(request).status()).isEqualTo(Status.APPLIED);
        glass.strictPolicy(BrokenGlass.FROZEN);

        Execution restoration = glass.remedy.execution.restore(request);

        assertThat(restoration.status()).isEqualTo(Status.BLOCKED);
        assertThat(restoration.message()).contains("freeze 'now'", "By hand: ");
    }

    /** What stood in the way of the write was the number of people; nothing stands in the way of putting it back. */
    @Test
    void putsBackAlthoughThePersonMayNotAnyMoreWhereNothingForbidsIt() {
        glass.policy("  quorum: {LOW: 2, MEDIUM: 2}\n", "quorum");
        ExecutionRequest request = request(glass.breaks("ann"));
        assertThat(glass.remedy.execution.execute(request).status()).isEqualTo(Status.APPLIED);
        glass.strictPolicy("  quorum: {LOW: 2, MEDIUM: 2}\n");

        assertThat(glass.remedy.execution.restore(request).status()).isEqualTo(Status.APPLIED);
    }

    /** Otherwise there would be nothing to break the glass for: most freezes outlast the approval deadline. */
    @Test
    void isProposedThoughOnlyBrokenGlassCanApproveIt() {
        String frozen = "freeze: [{name: long, timeZone: UTC, from: 2026-11-24, to: 2026-11-25}]\n";
        glass.unhealthy();
        glass.policy(frozen + BrokenGlass.BREAKER, "breaker");
        Proposal blocked = propose();
        glass.policy(frozen + BrokenGlass.BREAKER, "freeze, breaker");
        Proposal proposal = propose();

        assertThat(blocked.status()).isEqualTo(Proposal.Status.BLOCKED);
        assertThat(blocked.refusal()).contains("freeze 'long'");
        assertThat(proposal.status()).as(proposal.refusal()).isEqualTo(Proposal.Status.PLANNED);
        assertThat(proposal.refusal()).isNull();
        var terms =
                Objects.requireNonNull(Objects.requireNonNull(proposal.terms()).breakGlass());
        assertThat(terms.people()).containsExactly("ann", "ben");
        assertThat(terms.lifts()).containsExactly(Lift.FREEZE, Lift.BREAKER);
        assertThat(terms.standing()).hasSize(2).first().asString().startsWith("policy.yaml:11: freeze 'long'");
    }

    private Proposal propose() {
        return glass.remedy.propose(new HumanValue("app", "command", "[\"sleep\",\"9\"]"));
    }

    private ExecutionRequest request(Ruling ruling) {
        assertThat(ruling.accepted()).as(ruling.message()).isTrue();
        return new ExecutionRequest(
                Signing.INCIDENT,
                Signing.RUN,
                glass.signing.plan,
                0,
                ruling,
                glass.remedy.clock.instant().plus(glass.remedy.window));
    }

    private Execution execute(Ruling ruling) {
        return glass.remedy.execution.execute(request(ruling));
    }

    private void blocked(Execution execution, String why) {
        assertThat(execution.status()).as(execution.message()).isEqualTo(Status.BLOCKED);
        assertThat(execution.message()).contains(why, "Nothing was changed");
        assertThat(glass.signing.api.writes()).isZero();
    }
}
