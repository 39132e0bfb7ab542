package io.k8sincident.workflows.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.BreakGlass;
import io.k8sincident.workflows.model.DecisionTerms;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Lift;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentViewTest {
    @Test
    void tellsTheWholeIncidentAndHowToDecide() {
        String view = IncidentView.markdown(waiting(Incidents.rollBack(Incidents.DIGEST)));

        assertThat(view)
                .contains("AWAITING\\_APPROVAL")
                .contains("demo/deployment/crashy")
                .contains("**Cause** bad-command")
                .contains("- **E1** Pod/crashy-1 lastState: StartError, exit 128")
                .contains("```diff\n- bad\n+ good\n```")
                .contains("**Risk** LOW")
                .contains("incident approve " + IncidentTestServer.ID + " --digest " + Incidents.DIGEST)
                .contains("\"planDigest\": \"" + Incidents.DIGEST + "\"");
    }

    @Test
    void escapesMarkupAndControlCharactersOfStrangers() {
        assertThat(Markdown.text("<img src=x> [a](b) **c** | d\n# e \u001b[31m \u202eabc"))
                .isEqualTo("\\<img src=x\\> \\[a\\]\\(b\\) \\*\\*c\\*\\* \\| d \\# e �\\[31m �abc");
    }

    @Test
    void fencesADiffThatHoldsAFence() {
        assertThat(Markdown.block("diff", "+ ```\n+ text")).isEqualTo("````diff\n+ ```\n+ text\n````\n");
    }

    @Test
    void showsHowToSignWhereAProofIsNeeded() {
        Proposal proposal = Incidents.rollBack(Incidents.DIGEST).with(new DecisionTerms(true, 2, "uid-1"));

        assertThat(IncidentView.markdown(waiting(proposal)))
                .contains("ssh-keygen -Y sign -n decision@k8sincident.io", "**Needs** 2 different people")
                .doesNotContain("your name");
    }

    @Test
    void showsNoCommandThatANameCouldBendToSomethingElse() {
        Proposal proposal = Incidents.rollBack(Incidents.DIGEST).with(new DecisionTerms(true, 1, "x'; rm -rf ~; '"));

        assertThat(IncidentView.markdown(waiting(proposal))).doesNotContain("rm -rf", "ssh-keygen");
    }

    @Test
    void saysFirstOfAllThatTheGlassWasBroken() {
        BreakGlass broken = new BreakGlass(
                "checkout <is> down",
                List.of("ann"),
                List.of(new BreakGlass.Lifted(Lift.FREEZE, "policy.yaml:7", "freeze 'night' holds")));
        Ruling ruling = new Ruling(
                "d",
                Verdict.APPROVE,
                Person.verified("ann", "SHA256:x"),
                Ruling.Reason.ACCEPTED,
                "by ann",
                "sha256:1",
                Incidents.T0,
                broken);

        assertThat(IncidentView.markdown(waiting(Incidents.rollBack(Incidents.DIGEST), List.of(ruling))))
                .startsWith("**BREAK-GLASS** by ann: checkout \\<is\\> down. Lifted: freeze, policy.yaml:7");
        assertThat(IncidentView.markdown(waiting(Incidents.rollBack(Incidents.DIGEST))))
                .doesNotContain("BREAK-GLASS");
    }

    static IncidentStatus waiting(Proposal proposal) {
        return waiting(proposal, List.of());
    }

    private static IncidentStatus waiting(Proposal proposal, List<Ruling> rulings) {
        return new IncidentStatus(
                IncidentTestServer.ID,
                "run",
                Incidents.request(Mode.REMEDIATE),
                Phase.AWAITING_APPROVAL,
                Incidents.T0,
                Incidents.crashLoop(),
                proposal,
                List.of(),
                Incidents.T0.plusSeconds(1800),
                rulings,
                List.of(),
                null,
                null,
                null,
                "",
                NextCommands.of(IncidentTestServer.ID, Incidents.request(Mode.REMEDIATE), proposal, null),
                null);
    }
}
