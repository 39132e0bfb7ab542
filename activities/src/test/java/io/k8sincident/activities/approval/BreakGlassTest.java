package io.k8sincident.activities.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.audit.ChainedEntry;
import io.k8sincident.workflows.model.BreakGlass.Lifted;
import io.k8sincident.workflows.model.Lift;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Ruling.Reason;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may go ahead against the policy, with which key, against what of it, and what is told of it. */
class BreakGlassTest extends GlassToBreak {
    @Test
    void liftsAFreezeAndSaysWhichLine() {
        glass.policy(BrokenGlass.FROZEN, "freeze");
        assertThat(glass.approves("bob").reason()).isEqualTo(Reason.POLICY_FORBIDS);

        Ruling ruling = glass.breaks("ann");

        assertThat(ruling.reason()).as(ruling.message()).isEqualTo(Reason.ACCEPTED);
        assertThat(ruling.approver().describe()).isEqualTo("ann");
        assertThat(ruling.message()).contains("BREAK-GLASS, lifted: freeze, policy.yaml:11: freeze 'now' holds until");
        assertThat(Objects.requireNonNull(ruling.breakGlass()).why()).isEqualTo(BrokenGlass.WHY);
        assertThat(ruling.breakGlass().by()).containsExactly("ann");
        assertThat(ruling.breakGlass().lifted()).extracting(Lifted::what).containsExactly(Lift.FREEZE);
    }

    @Test
    void liftsATrippedBreaker() {
        glass.unhealthy();
        glass.policy(BrokenGlass.BREAKER, "breaker");

        assertThat(lifted(glass.breaks("ann"))).containsExactly(Lift.BREAKER);
    }

    @Test
    void liftsAQuorum() {
        glass.policy("  quorum: {LOW: 3, MEDIUM: 3}\n", "quorum");

        Ruling ruling = glass.breaks("ann");

        assertThat(lifted(ruling)).containsExactly(Lift.QUORUM);
        assertThat(ruling.message()).contains("1 of 3 different people would have approved: ann");
    }

    @Test
    void liftsThatTwoMustApproveWhereNobodyKnowsWhoAsked() {
        glass.policy("", "separateDuties");
        glass.remedy.policy = glass.remedy.policy.replace("separateDuties: false", "separateDuties: true");
        assertThat(glass.approves("bob").reason()).isEqualTo(Reason.QUORUM_INCOMPLETE);

        // Bob and Ann are two, so nothing stands in the way of Ann's normal approval.
        assertThat(glass.breaks("ann").reason()).isEqualTo(Reason.NOT_NEEDED);

        glass.remedy.clock.advance(Duration.ofMinutes(11));
        assertThat(lifted(glass.breaks("ann"))).containsExactly(Lift.SEPARATE_DUTIES);
    }

    @Test
    void liftsThatNothingMoreMayBeDoneWithinTheHour() {
        glass.busy();
        glass.policy(BrokenGlass.ONE_AN_HOUR, "limits");

        Ruling ruling = glass.breaks("ann");

        assertThat(lifted(ruling)).containsExactly(Lift.LIMITS);
        assertThat(ruling.message()).contains("1 executed in this namespace within the last hour");
    }

    @Test
    void liftsAllThatStandsInTheWayOrNothing() {
        glass.unhealthy();
        glass.busy();
        String more =
                "  quorum: {LOW: 2, MEDIUM: 2}\n" + BrokenGlass.FROZEN + BrokenGlass.BREAKER + BrokenGlass.ONE_AN_HOUR;
        glass.policy(more, "freeze, quorum, limits");
        Ruling refused = glass.breaks("ann");
        glass.policy(more, BrokenGlass.ALL);

        assertThat(refused.reason()).isEqualTo(Reason.POLICY_FORBIDS);
        assertThat(refused.message())
                .contains(
                        "the breaker is tripped",
                        "does not lift that, only what policy.yaml:",
                        "freeze, quorum, limits");
        assertThat(refused.breakGlass()).isNull();
        assertThat(lifted(glass.breaks("ann"))).containsExactly(Lift.FREEZE, Lift.BREAKER, Lift.LIMITS, Lift.QUORUM);
    }

    /** Where the number of people is not lifted, as many must break the glass; a normal approval is none of them. */
    @Test
    void needsTheQuorumThatItDoesNotLift() {
        glass.policy("  quorum: {LOW: 2, MEDIUM: 2}\n", "freeze");
        assertThat(glass.approves("bob").reason()).isEqualTo(Reason.QUORUM_INCOMPLETE);
        glass.policy("  quorum: {LOW: 2, MEDIUM: 2}\n" + BrokenGlass.FROZEN, "freeze");

        Ruling first = glass.breaks("ann");
        Ruling second = glass.breaks("ben");

        assertThat(first.reason()).isEqualTo(Reason.QUORUM_INCOMPLETE);
        assertThat(glass.remedy.trail.find(Signing.INCIDENT, "break_glass")).hasSize(1);
        assertThat(second.reason()).as(second.message()).isEqualTo(Reason.ACCEPTED);
        assertThat(Objects.requireNonNull(second.breakGlass()).by()).containsExactly("ann", "ben");
    }

    @Test
    void countsNoBrokenGlassForANormalQuorum() {
        glass.policy("  quorum: {LOW: 2, MEDIUM: 2}\n" + BrokenGlass.FROZEN, "freeze");
        assertThat(glass.breaks("ann").reason()).isEqualTo(Reason.QUORUM_INCOMPLETE);
        glass.policy("  quorum: {LOW: 2, MEDIUM: 2}\n", "freeze");

        assertThat(glass.approves("bob").reason()).isEqualTo(Reason.QUORUM_INCOMPLETE);
    }

    @Test
    void refusesWhereNothingStandsInTheWay() {
        Ruling ruling = glass.breaks("ann");

        assertThat(ruling.reason()).isEqualTo(Reason.NOT_NEEDED);
        assertThat(ruling.message()).contains("nothing needs break-glass: approve normally", "Nothing was changed");
        assertThat(glass.remedy.trail.find(Signing.INCIDENT, "break_glass")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode: {demo: PROPOSE} | is held to proposals",
                "optOut: [team] | has the annotation team",
                "deny: [{name: shop, when: target.annotations.team == 'shop'}] | rule 'shop' denies it",
                "deny: [{name: odd, when: target.labels.none == 'shop'}] | rule 'odd'",
            })
    void liftsNothingElseOfAPolicy(String more, String why) {
        glass.policy(BrokenGlass.FROZEN + more + "\n", BrokenGlass.ALL);

        Ruling ruling = glass.breaks("ann");

        assertThat(ruling.reason()).isEqualTo(Reason.POLICY_FORBIDS);
        assertThat(ruling.message()).contains(why, "breaking the glass does not lift that");
    }

    @ParameterizedTest
    @CsvSource({
        "'allow: [demo]', 'allow: [shop]'",
        "'SetCommand, SetImage', 'SetImage'",
        "'highestRisk: MEDIUM', 'highestRisk: LOW'"
    })
    void liftsNoAllowlistAndNoRisk(String allowed, String narrower) {
        glass.policy(BrokenGlass.FROZEN, BrokenGlass.ALL);
        glass.remedy.policy = glass.remedy.policy.replace(allowed, narrower);

        assertThat(glass.breaks("ann").reason()).isEqualTo(Reason.POLICY_FORBIDS);
    }

    @Test
    void liftsNotWhatTheApproverMayNotDoThemselves() {
        glass.policy("  users: {ann: ann@corp}\n" + BrokenGlass.FROZEN, BrokenGlass.ALL);
        glass.remedy.access = (user, verb, target) -> false;

        assertThat(glass.breaks("ann").reason()).isEqualTo(Reason.NOT_ALLOWED);
    }

    @Test
    void needsAPolicyThatNamesThePerson() {
        glass.policy(BrokenGlass.FROZEN, BrokenGlass.ALL);
        glass.remedy.policy = glass.remedy.policy.replace("people: [ann, ben]", "people: [ben]");
        Ruling other = glass.breaks("ann");
        glass.strictPolicy(BrokenGlass.FROZEN);
        Ruling nobody = glass.breaks("ann");

        assertThat(other.reason()).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(other.message()).contains("policy.yaml:12 says who may break the glass; ann is not among them");
        assertThat(nobody.reason()).isEqualTo(Reason.NOT_ALLOWED);
        assertThat(nobody.message()).contains("has no part breakGlass");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "             ", " too few "})
    void wantsToKnowWhy(String why) {
        glass.policy(BrokenGlass.FROZEN, BrokenGlass.ALL);

        Ruling ruling = glass.signing.rule(glass.signed("ann", decision -> decision.put("breakGlass", why)));

        assertThat(ruling.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(ruling.message()).contains("field 'breakGlass' must say why, in at least 10 characters");
    }

    @Test
    void liftsNothingForARejection() {
        Ruling ruling = glass.signing.rule(glass.signed("ann", decision -> decision.put("verdict", "REJECT")));

        assertThat(ruling.reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void isToldInTheTrailAndAloudBeforeItIsAnswered() {
        glass.policy(BrokenGlass.FROZEN, BrokenGlass.ALL);

        Ruling ruling = glass.breaks("ann");

        assertThat(glass.remedy.trail.events()).endsWith("decision_received", "break_glass", "decision_ruled");
        ChainedEntry entry =
                glass.remedy.trail.find(Signing.INCIDENT, GlassRecords.BROKEN).get(0);
        assertThat(entry.actor()).isEqualTo("ann");
        assertThat(entry.detail("decisionId")).isEqualTo(ruling.decisionId());
        assertThat(entry.detail("planDigest")).isEqualTo(glass.signing.plan);
        assertThat(entry.detail("key")).startsWith("SHA256:");
        assertThat(GlassRecords.why(entry)).isEqualTo(BrokenGlass.WHY);
        assertThat(GlassRecords.lifted(entry)).containsExactly(Lift.FREEZE);
        assertThat(GlassRecords.against(entry))
                .singleElement()
                .asString()
                .startsWith("freeze, policy.yaml:11: freeze 'now'");
        assertThat(glass.remedy.alarms)
                .singleElement()
                .asString()
                .startsWith("BREAK-GLASS: ann approved plan sha256:")
                .contains(BrokenGlass.WHY, Signing.INCIDENT, "freeze 'now'");
    }

    @Test
    void isNotAnsweredWhereItCannotBeTold() {
        glass.policy(BrokenGlass.FROZEN, BrokenGlass.ALL);
        glass.remedy.trail.failOn("break_glass");

        assertThatThrownBy(() -> glass.breaks("ann")).isInstanceOf(ApplicationFailure.class);

        assertThat(glass.remedy.trail.events()).doesNotContain("decision_ruled");
        assertThat(glass.remedy.alarms).isEmpty();
    }

    @Test
    void marksAttemptsThatWereRefused() {
        glass.strictPolicy(BrokenGlass.FROZEN);
        glass.breaks("ann");

        ChainedEntry entry =
                glass.remedy.trail.find(Signing.INCIDENT, "decision_ruled").get(0);
        assertThat(GlassRecords.attempted(entry)).isTrue();
        assertThat(GlassRecords.lifted(entry)).isEmpty();
        assertThat(entry.detail("reason")).isEqualTo("NOT_ALLOWED");
    }

    private static List<Lift> lifted(Ruling ruling) {
        assertThat(ruling.reason()).as(ruling.message()).isEqualTo(Reason.ACCEPTED);
        return Objects.requireNonNull(ruling.breakGlass()).lifted().stream()
                .map(Lifted::what)
                .toList();
    }
}
