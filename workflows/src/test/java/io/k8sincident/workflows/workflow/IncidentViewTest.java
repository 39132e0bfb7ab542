package io.k8sincident.workflows.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.AdviceWish;
import io.k8sincident.workflows.model.AdvisedClaim;
import io.k8sincident.workflows.model.BreakGlass;
import io.k8sincident.workflows.model.DecisionTerms;
import io.k8sincident.workflows.model.Hypothesis;
import io.k8sincident.workflows.model.IncidentRequest;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Lift;
import io.k8sincident.workflows.model.Missing;
import io.k8sincident.workflows.model.Mode;
import io.k8sincident.workflows.model.Person;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Ruling;
import io.k8sincident.workflows.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IncidentViewTest {
    private static final AdviceWish WISH = new AdviceWish(AdviceWish.DEFAULT_DEADLINE);

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

    @Test
    void setsApartWhatAModelSaysAndEscapesIt() {
        String view = IncidentView.markdown(
                advised(Incidents.request(Mode.REMEDIATE).advised(WISH), Incidents.disagreement()));

        assertThat(view)
                .contains("**The model's view** (decides nothing, is no part of the plan or its digest)")
                .contains("**Beside the rules** the model disagrees with the rules: it names oom-limit,"
                        + " they name bad-command; the rules decide")
                .contains("- The container has too \\*little\\* memory. \\[E1\\] “StartError, exit 128”")
                .contains("**E4** Pod/crashy-1 log: Killed \\<b\\>")
                .contains("1 kept, 3 dropped \\(2 quote not found, 1 repeated\\)")
                .contains("**It would try in this order** roll-back")
                .contains("model smollm2:135m · 2.3 s · 1,200 tokens read, 85 written")
                .contains("**Prompt** sha256:66", "**Answer** sha256:77");
        assertThat(view.indexOf("The model's view")).isGreaterThan(view.indexOf("**Plan digest**"));
    }

    @Test
    void saysWhichCommandWouldProveWhatAModelSupposes() {
        AdvisedClaim claim = new AdvisedClaim("It may lack memory.", "E1", "exit 128");
        Advice advice = new Advice(
                Advice.Status.GIVEN,
                "m",
                null,
                null,
                Duration.ofSeconds(1),
                0,
                0,
                "oom-limit",
                Advice.Agreement.NOT_COMPARABLE,
                List.of(),
                null,
                List.of(),
                List.of(new Hypothesis(
                        "oom-limit",
                        claim,
                        new Missing("the reason of the last end", "kubectl describe pod crashy-1"))),
                List.of(),
                Map.of(),
                "");

        assertThat(IncidentView.markdown(advised(Incidents.request(Mode.PROPOSE).advised(WISH), advice)))
                .contains("**Might be** oom-limit, unproven")
                .contains("```\nkubectl describe pod crashy-1\n```");
    }

    @Test
    void saysWhyThereIsNoAdvice() {
        Advice missing = Advice.unavailable("qwen2.5:7b", Duration.ZERO, "no Ollama server answers");

        assertThat(IncidentView.markdown(advised(Incidents.request(Mode.PROPOSE).advised(WISH), missing)))
                .contains("**Missing** no advice: no Ollama server answers")
                .doesNotContain("Beside the rules");
        assertThat(IncidentView.markdown(advised(Incidents.request(Mode.PROPOSE).advised(WISH), null)))
                .contains("The model has not answered yet.");
    }

    @Test
    void saysNothingOfAModelThatNobodyAskedFor() {
        assertThat(IncidentView.markdown(waiting(Incidents.rollBack(Incidents.DIGEST))))
                .doesNotContain("model");
    }

    static IncidentStatus waiting(Proposal proposal) {
        return waiting(proposal, List.of());
    }

    private static IncidentStatus waiting(Proposal proposal, List<Ruling> rulings) {
        return status(Incidents.request(Mode.REMEDIATE), proposal, rulings, null);
    }

    private static IncidentStatus advised(IncidentRequest request, @Nullable Advice advice) {
        return status(request, Incidents.rollBack(Incidents.DIGEST), List.of(), advice);
    }

    private static IncidentStatus status(
            IncidentRequest request, Proposal proposal, List<Ruling> rulings, @Nullable Advice advice) {
        return new IncidentStatus(
                IncidentTestServer.ID,
                "run",
                request,
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
                NextCommands.of(IncidentTestServer.ID, request, proposal, null),
                null,
                advice);
    }
}
