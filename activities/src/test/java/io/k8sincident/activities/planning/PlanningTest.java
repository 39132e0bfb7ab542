package io.k8sincident.activities.planning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.activities.plan.PodTemplate;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.StoreBackend;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.Offer;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.PlannedAction;
import io.k8sincident.workflows.model.Proposal;
import io.k8sincident.workflows.model.Proposal.Status;
import io.k8sincident.workflows.model.Risk;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanningTest {
    private final StoreBackend store = Crashy.store();
    private final FaultyApi api = new FaultyApi(store);
    private final Remedy remedy = new Remedy(api.config());

    PlanningTest() throws IOException {}

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @Test
    void rollsBackToTheTemplateAsTheClusterHoldsIt() {
        remedy.offers.add(Crashy.rollBack());

        Plan plan = Remedy.planOf(remedy.propose());

        Action.RollBack action = (Action.RollBack) plan.actions().get(0).action();
        String template = PodTemplate.digest(store.get(Crashy.GOOD_REVISION).at("/spec/template"));
        assertThat(action.templateDigest()).isEqualTo(template);
        assertThat(plan.verification().templateDigest()).isEqualTo(template);
        assertThat(plan.target().uid()).isEqualTo(Crashy.UID);
        assertThat(plan.generation()).isEqualTo(2);
        assertThat(plan.risk()).isEqualTo(Risk.LOW);
    }

    @Test
    void showsWhatADryRunWouldChangeAndNothingElse() {
        remedy.offers.add(Crashy.rollBack());

        PlannedAction planned = Remedy.planOf(remedy.propose()).actions().get(0);

        assertThat(planned.diffFrom()).isEqualTo("server-side dry run");
        assertThat(planned.diff().lines().filter(line -> line.matches("[-+][^-+].*")))
                .containsExactly("-        - exit 1", "+        - sleep 1000", "-        workingDir: /tmp");
        assertThat(planned.undo()).isEqualTo("kubectl -n demo rollout undo deployment/crashy --to-revision=2");
        assertThat(api.writes()).isZero();
    }

    @Test
    void keepsBothImagesAndThePlanUnderTheirDigests() {
        Proposal proposal = remedy.propose(command("sleep 77"));

        PlannedAction planned = Remedy.planOf(proposal).actions().get(0);
        assertThat(ObjectImage.load(remedy.blobs, planned.preImageDigest()))
                .hasValueSatisfying(image -> assertThat(image.digest()).isEqualTo(planned.preImageDigest()));
        assertThat(ObjectImage.load(remedy.blobs, planned.postImageDigest())).isPresent();
        assertThat(new io.k8sincident.activities.plan.Plans(remedy.blobs).find(String.valueOf(proposal.digest())))
                .contains(Remedy.planOf(proposal));
    }

    @Test
    void hidesSecretsAndShowsOnlyThatTheyChange() {
        store.handle(
                "PATCH",
                Crashy.PATH + "?",
                "",
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"app\",\"image\":\"busybox:1.36\",\"env\":"
                        + "[{\"name\":\"DB_PASSWORD\",\"value\":\"changed\"},{\"name\":\"MODE\",\"value\":\"fast\"}]}]}}}}");
        remedy.offers.add(Crashy.rollBack());

        String diff = Remedy.planOf(remedy.propose()).actions().get(0).diff();

        assertThat(diff)
                .doesNotContain("hunter2", "changed")
                .contains("-          value: (hidden value 1)", "+          value: (hidden value 2)");
    }

    @Test
    void givesAHumansValueTheWordOverAnyOffer() {
        remedy.offers.add(Crashy.rollBack());

        Plan plan = Remedy.planOf(remedy.propose(new HumanValue("app", "image", "busybox:1.37")));

        assertThat(plan.runbook()).isEqualTo("human-value");
        assertThat(plan.risk()).isEqualTo(Risk.MEDIUM);
        assertThat(plan.actions().get(0).action()).isInstanceOf(Action.SetImage.class);
    }

    @Test
    void bindsASecondActionToWhatTheFirstMakes() {
        Plan plan = Remedy.planOf(remedy.propose(new HumanValue("app", "image", "busybox:1.37"), command("sleep 5")));

        assertThat(plan.actions()).hasSize(2);
        assertThat(plan.actions().get(1).preImageDigest())
                .isEqualTo(plan.actions().get(0).postImageDigest());
    }

    @Test
    void takesTheOfferWithTheLowestRisk() {
        remedy.offers.add(new Offer(
                "restart",
                Risk.MEDIUM,
                List.of(new Action.RestartRollout(Target.deployment("demo", "crashy"), Instant.EPOCH)),
                List.of()));
        remedy.offers.add(Crashy.rollBack());

        assertThat(Remedy.planOf(remedy.propose()).runbook()).isEqualTo("roll-back");
    }

    @Test
    void asksForTheValueThatARunbookNeeds() {
        remedy.offers.add(new Offer("set-command", Risk.MEDIUM, List.of(), List.of("app.command")));

        Proposal proposal = remedy.propose();

        assertThat(proposal.status()).isEqualTo(Status.NO_SAFE_ACTION);
        assertThat(proposal.questions())
                .containsExactly(
                        "What should app.command of Deployment/crashy be? Answer with: incident start deployment/crashy -n demo"
                                + " --mode remediate --set app.command='[\"/path/to/program\"]'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app | command | sleep 5 | app.command must be a JSON list",
                "app | command | [] | app.command must be a JSON list",
                "app | command | [1] | app.command must be a JSON list",
                "app | command | [\" \"] | app.command must be a JSON list",
                "app | image | two words | app.image is no reference",
                "app | replicas | 0 | cannot be set",
                "web | image | nginx | there is no container 'web'; there are: app",
                "app | image | busybox:1.36 | it is so already",
                "app | image | INVALID | the API server would refuse this change",
                "-x | image | nginx | is no name of a container",
            })
    void refusesAValueThatCannotBeUsed(String container, String field, String value, String message) {
        Proposal proposal = remedy.propose(new HumanValue(container, field, value));

        assertThat(proposal.status()).isEqualTo(Status.NO_SAFE_ACTION);
        assertThat(proposal.questions()).singleElement().asString().contains(message);
    }

    @Test
    void namesThePolicysLineWhereItBlocks() {
        remedy.policy = Remedy.policyFor("elsewhere");

        Proposal proposal = remedy.propose(command("sleep 77"));

        assertThat(proposal.status()).isEqualTo(Status.BLOCKED);
        assertThat(proposal.refusal()).startsWith("policy.yaml:3: namespace demo");
        assertThat(remedy.trail.events()).containsExactly("plan_blocked");
    }

    @Test
    void saysSoWhereItMustComputeTheDiffItself() {
        store.forbidPatches();

        PlannedAction planned =
                Remedy.planOf(remedy.propose(command("sleep 77"))).actions().get(0);

        assertThat(planned.diffFrom()).contains("computed without the API server", "403");
        assertThat(planned.diff()).contains("+        - sleep 77");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 422})
    void keepsNoSecretOfADenial(int code) {
        store.refusePatches(
                code,
                "Denied",
                "admission webhook \"env.example.com\" denied the request: env DB_PASSWORD=hunter2 is not allowed");

        String kept = remedy.propose(command("sleep 77")) + " " + remedy.trail.entries();

        assertThat(kept).contains("denied the request: env DB_PASSWORD=[redacted:password] is not allowed");
        assertThat(kept).doesNotContain("hunter2");
    }

    @Test
    void plansNothingForATargetThatIsGone() {
        store.delete(Crashy.PATH);

        assertThat(remedy.propose(command("sleep 77")).questions())
                .singleElement()
                .asString()
                .contains("does not exist any more");
    }

    @Test
    void revisesWithOtherValues() {
        Proposal proposal = remedy.revise("{\"values\":[{\"container\":\"app\",\"field\":\"command\",\"value\":"
                + "\"[\\\"sleep\\\",\\\"9\\\"]\"}],\"requester\":\"carol\"}");

        Plan plan = Remedy.planOf(proposal);
        assertThat(plan.requester().describe()).isEqualTo("carol (unverified)");
        assertThat(plan.actions().get(0).diff()).contains("+        - sleep");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | field 'values'",
                "{\"values\":[]} | field 'values'",
                "{\"values\":[{\"container\":\"app\",\"field\":\"image\",\"value\":\"x\",\"more\":1}]} | unknown field 'more'",
                "{\"values\":[{\"container\":\"app\",\"field\":\"image\"}]} | field 'value' is missing",
                "{\"values\":[{\"container\":\"app\",\"field\":\"env\",\"value\":\"x\"}]} | cannot be set",
                "not json | no strict JSON"
            })
    void refusesARevisionThatDoesNotFit(String json, String message) {
        Proposal proposal = remedy.revise(json);

        assertThat(proposal.status()).isEqualTo(Status.REVISION_REFUSED);
        assertThat(proposal.refusal()).contains(message, "were not changed", "Next: incident revise");
        assertThat(remedy.trail.events()).containsExactly("revision_refused");
    }

    @ParameterizedTest
    @CsvSource({"10s, 11, 180", "40s, 41, 202", "5m0s, 301, 722", "1m20s, 81, 282"})
    void holdsLongerThanTheLongestBackOff(String words, long hold, long giveUp) throws JsonProcessingException {
        remedy.evidence.add(event("back-off " + words + " restarting failed container=app pod=crashy-1", "BackOff"));

        var verification = Remedy.planOf(remedy.propose(command("sleep 77"))).verification();

        assertThat(verification.holdFor()).isEqualTo(Duration.ofSeconds(hold));
        assertThat(verification.giveUpAfter()).isEqualTo(Duration.ofSeconds(giveUp));
    }

    @Test
    void watchesTheWarningsThatWereSeen() throws JsonProcessingException {
        remedy.evidence.add(event("Liveness probe failed", "Unhealthy"));

        assertThat(Remedy.planOf(remedy.propose(command("sleep 77")))
                        .verification()
                        .warnings())
                .containsExactly("BackOff", "Failed", "Unhealthy");
    }

    @Test
    void makesTheSamePlanAgainButForItsTime() {
        Plan first = Remedy.planOf(remedy.propose(command("sleep 77")));

        assertThat(Remedy.planOf(remedy.propose(command("sleep 77")))).isEqualTo(first);
    }

    private static HumanValue command(String shell) {
        return new HumanValue("app", "command", "[\"sh\",\"-c\",\"" + shell + "\"]");
    }

    private static Resource event(String message, String reason) throws JsonProcessingException {
        return Resource.of(new ObjectMapper().readTree("""
            {"kind":"Event","metadata":{"namespace":"demo","name":"e"},"type":"Warning","reason":"%s","message":"%s",
             "involvedObject":{"kind":"Pod","name":"crashy-1","namespace":"demo"}}
            """.formatted(reason, message)));
    }
}
