package io.k8sincident.activities.advice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.activities.evidence.ContainerLog;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.evidence.Snapshots;
import io.k8sincident.activities.redaction.Fragments;
import io.k8sincident.activities.redaction.Redactor;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.MemoryBlobStore;
import io.k8sincident.activities.testing.MemoryTrail;
import io.k8sincident.activities.testing.TestClock;
import io.k8sincident.scenarios.secrets.PlantedSecrets;
import io.k8sincident.scenarios.secrets.PlantedSecrets.Planted;
import io.k8sincident.workflows.activity.AdviceActivity;
import io.k8sincident.workflows.activity.AdviceActivity.AdviceRequest;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Target;
import io.k8sincident.workflows.workflow.WireFormat;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is secret in a cluster is in no prompt, no advice, no trail and no blob, whatever the model repeats or invents. */
@FaultRow("planted secrets and a model that repeats them")
class AdviceLeakTest {
    private static final int SECRETS = 1_000;
    private static final int AT_ONCE = 20;
    private static final int LONGEST = 200;
    private static final ObjectMapper MAPPER = WireFormat.mapper();

    /** Where what was read was cleaned. */
    enum Source {
        /** As a snapshot source does it. */
        CLEANED,
        /** Nowhere: the prompt is the last line of defence for logs and events. */
        NOT_CLEANED
    }

    @ParameterizedTest
    @EnumSource
    void leaksNothing(Source source) throws IOException {
        List<Planted> planted = new PlantedSecrets(20_261_128).make(SECRETS);
        Map<String, Integer> leaks = new TreeMap<>();
        try (ScriptedOllama server = new ScriptedOllama(AdviceLeakTest::parrot)) {
            for (int i = 0; i < SECRETS; i += AT_ONCE) {
                look(server, source, planted.subList(i, i + AT_ONCE), leaks);
            }
        }
        System.out.printf("%d planted secrets, %s: leaks %s%n", SECRETS, source, leaks);
        assertThat(leaks)
                .containsOnlyKeys("prompt", "answer", "advice", "trail")
                .allSatisfy((place, count) -> assertThat(count).as(place).isZero());
    }

    @Test
    void keepsNoSecretThatAModelMakesUp() throws IOException {
        List<Planted> planted = new PlantedSecrets(7).make(41);
        MemoryBlobStore blobs = new MemoryBlobStore();
        for (Planted one : planted) {
            try (ScriptedOllama server = new ScriptedOllama(question -> Said.of(
                            "app-exit", "roll-back", "E1", "ended with exit code 1", "It fails since " + one.line()));
                    OllamaAdvisor advisor = new OllamaAdvisor(server.settings(), blobs, new TestClock(Fixture.NOW))) {
                Advice advice =
                        advisor.advise(Cases.crash().snapshot(), Cases.crash().diagnosis(), progress -> {});

                assertThat(Fragments.shared(one.secret(), advice.toString()))
                        .as(one.line())
                        .isFalse();
            }
        }
    }

    private static void look(ScriptedOllama server, Source source, List<Planted> planted, Map<String, Integer> leaks)
            throws JsonProcessingException {
        Snapshot snapshot = snapshot(source, planted);
        MemoryBlobStore blobs = new MemoryBlobStore();
        MemoryTrail trail = new MemoryTrail(new TestClock(Fixture.NOW));
        String digest = blobs.put(Snapshots.toBytes(snapshot));
        TestActivityEnvironment activities = TestActivityEnvironment.newInstance();
        Advice advice;
        try (OllamaAdvisor advisor = new OllamaAdvisor(server.settings(), blobs, new TestClock(Fixture.NOW))) {
            activities.registerActivitiesImplementations(new AdviceActivityImpl(
                    advisor, ScriptedOllama.MODEL, blobs, Snapshots::fromBytes, Diagnosticians.standard(), trail));
            advice = activities
                    .newActivityStub(AdviceActivity.class)
                    .advise(new AdviceRequest("incident:test", "run-1", Target.deployment("demo", "web"), digest));
        } finally {
            activities.close();
        }
        assertThat(advice.status()).as(advice.reason()).isNotEqualTo(Advice.Status.UNAVAILABLE);
        Map<String, String> places = Map.of(
                "prompt", blob(blobs, advice.promptDigest()),
                "answer", blob(blobs, advice.answerDigest()),
                "advice", MAPPER.writeValueAsString(advice),
                "trail", trail.entries().toString());
        assertThat(places)
                .allSatisfy((place, text) -> assertThat(text).as(place).isNotEmpty());
        assertThat(places.get("prompt")).contains("[redacted:");
        for (Planted one : planted) {
            places.forEach(
                    (place, text) -> leaks.merge(place, Fragments.shared(one.secret(), text) ? 1 : 0, Integer::sum));
        }
    }

    private static String blob(MemoryBlobStore blobs, @org.jspecify.annotations.Nullable String digest) {
        return new String(blobs.get(String.valueOf(digest)).orElseThrow(), StandardCharsets.UTF_8);
    }

    /** In logs, event messages, variables and annotations in turn; not cleaned, in logs and events. */
    private static Snapshot snapshot(Source source, List<Planted> planted) {
        List<Resource> objects = new ArrayList<>();
        List<String> log = new ArrayList<>(List.of("starting shop 2.0"));
        Snapshot clean = Cases.crash().snapshot();
        ObjectNode pod = clean.find("Pod", "demo", "web-2-x")
                .orElseThrow()
                .fields()
                .json()
                .deepCopy();
        ArrayNode env = ((ObjectNode) pod.at("/spec/containers/0")).putArray("env");
        ObjectNode annotations = ((ObjectNode) pod.get("metadata")).putObject("annotations");
        for (int i = 0; i < planted.size(); i++) {
            String line = planted.get(i).line();
            switch (source == Source.CLEANED ? i % 4 : i % 2) {
                case 0 -> log.add(line);
                case 1 -> objects.add(cleaned(source, event(pod, i, line)));
                case 2 -> env.addObject().put("name", "SETTING_" + i).put("value", line);
                default -> annotations.put("note-" + i, line);
            }
        }
        log.add("panic: cannot open table orders");
        clean.objects().stream()
                .filter(object -> !object.kindName().equals("Pod/web-2-x"))
                .forEach(objects::add);
        objects.add(cleaned(source, pod));
        String text = String.join("\n", log);
        return new Snapshot(
                clean.source(),
                clean.takenAt(),
                objects,
                List.of(new ContainerLog(
                        "demo", "web-2-x", "app", false, source == Source.CLEANED ? Redactor.text(text) : text, null)),
                clean.gaps());
    }

    private static Resource cleaned(Source source, ObjectNode object) {
        return Resource.of(source == Source.CLEANED ? Redactor.object(object) : object);
    }

    private static ObjectNode event(ObjectNode pod, int number, String message) {
        ObjectNode event =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata")
                .put("name", "e" + number)
                .put("namespace", "demo")
                .put("uid", "e-" + number);
        event.putObject("involvedObject")
                .put("kind", "Pod")
                .put("namespace", "demo")
                .put("name", pod.at("/metadata/name").asText())
                .put("uid", pod.at("/metadata/uid").asText());
        return event.put("type", "Warning")
                .put("reason", "Failed" + number)
                .put("message", message)
                .put("lastTimestamp", "2026-03-01T11:59:00Z");
    }

    /** Quotes line after line of all that it is shown. */
    private static String parrot(JsonNode question) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode claims = answer.putArray("claims");
        String id = "";
        for (String line : question.at("/messages/1/content").asText().split("\n", -1)) {
            if (line.matches("[ELV][0-9]+")) {
                id = line;
            } else if (line.startsWith(Shown.MARK) && !id.isEmpty()) {
                String said = line.substring(2);
                String quote = said.substring(0, Math.min(LONGEST, said.length()));
                claims.add(Said.said(id, quote, "It says " + quote));
            }
        }
        answer.set("summary", Said.said("E1", "ended with exit code 1", "The container ended with an error"));
        answer.put("cause", "app-exit").putArray("ranking").add("roll-back");
        return answer.put("verdict", "advice").toString();
    }
}
