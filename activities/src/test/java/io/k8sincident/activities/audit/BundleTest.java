package io.k8sincident.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.audit.bundle.BundleVerifier;
import io.k8sincident.activities.audit.bundle.BundleWriter;
import io.k8sincident.activities.audit.seal.SigningKey;
import io.k8sincident.activities.audit.seal.VerifyingKey;
import io.k8sincident.activities.audit.store.KeyChange;
import io.k8sincident.activities.audit.store.Seals;
import io.k8sincident.activities.audit.store.StoredTrail;
import io.k8sincident.activities.audit.verify.Flaw;
import io.k8sincident.activities.audit.verify.Flaw.Kind;
import io.k8sincident.activities.audit.verify.LineSource;
import io.k8sincident.activities.audit.verify.RecordedLines;
import io.k8sincident.activities.audit.verify.TrustedKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One incident's records taken elsewhere. */
class BundleTest {
    private static final String WANTED = "incident:local:demo:deployment:wanted";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory = Path.of("");

    private TrailFixture trail = new TrailFixture(Path.of(""));

    @BeforeEach
    void fill() {
        trail = new TrailFixture(directory);
        try (StoredTrail open = trail.open(10)) {
            for (int i = 0; i < 60; i++) {
                open.append(i % 7 == 0 ? wanted("event_" + i) : TrailFixture.entry("event_" + i));
            }
        }
    }

    @Test
    void verifiesWithThePublicKeyAlone() throws IOException {
        byte[] bundle = bundle();
        BundleVerifier verifier = new BundleVerifier("bundle", new TrustedKeys(List.of(trail.key())));

        assertThat(verifier.verify(bundle)).isEmpty();
        assertThat(verifier.records())
                .extracting(ChainedEntry::event)
                .containsExactly(
                        "event_0",
                        "event_7",
                        "event_14",
                        "event_21",
                        "event_28",
                        "event_35",
                        "event_42",
                        "event_49",
                        "event_56");
        assertThat(new String(payload(bundle), StandardCharsets.UTF_8))
                .contains("https://in-toto.io/Statement/v1")
                .doesNotContain("crashy");
    }

    @Test
    void followsAChangeOfTheKeyFromTheOldestOne() throws IOException {
        VerifyingKey first = trail.key();
        var unused = new KeyChange(trail.keys, Clock.systemUTC()).rotate(trail.store());
        try (StoredTrail open = trail.open(10)) {
            open.append(wanted("later"));
        }
        byte[] bundle = bundle();

        assertThat(verify(bundle, first)).isEmpty();
        assertThat(verify(bundle, first, trail.key())).isEmpty();
        assertThat(verify(bundle, trail.key())).hasValueSatisfying(flaw -> {
            assertThat(flaw.kind()).isEqualTo(Kind.UNSEALED);
            assertThat(flaw.text()).contains("name that key too");
        });
    }

    @Test
    void isNotTrustedWithAnotherKey() throws IOException {
        assertThat(verify(bundle(), SigningKey.generate().verifying()))
                .hasValueSatisfying(flaw -> assertThat(flaw.kind()).isEqualTo(Kind.UNSEALED));
    }

    @Test
    void holdsOnlyWhatWasSigned() throws IOException {
        byte[] changed = changed(bundle(), statement -> statement.replace("event_14", "event_15"));

        assertThat(verify(changed, trail.key()))
                .hasValueSatisfying(flaw -> assertThat(flaw.kind()).isEqualTo(Kind.FORGED));
    }

    /** Whoever has the key may sign any envelope, but not put into it what the checkpoints have not seen. */
    @Test
    void holdsOnlyWhatIsInTheTrailThoughTheKeyWereUsedToSignAnotherEnvelope() throws IOException {
        SigningKey key = trail.keys.load().orElseThrow();
        byte[] statement = payload(bundle());
        for (UnaryOperator<String> change : List.<UnaryOperator<String>>of(
                text -> text.replace("\\\"actor\\\":\\\"system\\\"", "\\\"actor\\\":\\\"alice\\\""),
                text -> text.replace("\\\"event\\\":\\\"event_14\\\"", "\\\"event\\\":\\\"event_15\\\""),
                text -> text.replace("\\\"sequence\\\":16", "\\\"sequence\\\":17"))) {
            String changed = change.apply(new String(statement, StandardCharsets.UTF_8));
            assertThat(changed).isNotEqualTo(new String(statement, StandardCharsets.UTF_8));
            byte[] bundle = envelope(changed.getBytes(StandardCharsets.UTF_8), key);

            assertThat(verify(bundle, trail.key()))
                    .hasValueSatisfying(flaw -> assertThat(flaw.kind()).isEqualTo(Kind.EDITED));
        }
    }

    @Test
    void isRefusedWhereThereIsNoRecord() {
        assertThatThrownBy(() -> new BundleWriter("incident:local:demo:deployment:none")
                        .write(lines(), trail.keys.load().orElseThrow(), Instant.EPOCH))
                .hasMessageContaining("has no record of the incident")
                .hasMessageContaining("Nothing was written");
    }

    @Test
    void survivesAnyBytes() throws IOException {
        byte[] good = bundle();
        Random random = new Random(20_261_128);
        TrustedKeys keys = new TrustedKeys(List.of(trail.key()));
        int accepted = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] bad = good.clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            BundleVerifier verifier = new BundleVerifier("bundle", keys);
            if (verifier.verify(bad).isEmpty()) {
                accepted++;
                assertThat(verifier.records()).hasSize(9);
            }
        }
        // Only where white space, or a bit that Base64 does not use, was hit.
        assertThat(accepted).isLessThan(60);
    }

    private byte[] bundle() throws IOException {
        var unused = trail.store().exclusively(new Seals(trail.keys, Clock.systemUTC())::seal);
        return new BundleWriter(WANTED).write(lines(), trail.keys.load().orElseThrow(), Instant.EPOCH);
    }

    private RecordedLines lines() throws IOException {
        return new RecordedLines(
                trail.files.segments().stream().map(LineSource::of).toList(), LineSource.of(trail.files.checkpoints()));
    }

    private static TrailEntry wanted(String event) {
        return TrailEntry.of(WANTED, "run", event, Map.of("key", event));
    }

    private static Optional<Flaw> verify(byte[] bundle, VerifyingKey... keys) {
        return new BundleVerifier("bundle", new TrustedKeys(List.of(keys))).verify(bundle);
    }

    private static byte[] payload(byte[] bundle) throws IOException {
        return Base64.getDecoder().decode(JSON.readTree(bundle).path("payload").asText());
    }

    private static byte[] changed(byte[] bundle, UnaryOperator<String> change) throws IOException {
        ObjectNode envelope = (ObjectNode) JSON.readTree(bundle);
        String statement = change.apply(new String(payload(bundle), StandardCharsets.UTF_8));
        envelope.put("payload", Base64.getEncoder().encodeToString(statement.getBytes(StandardCharsets.UTF_8)));
        return JSON.writeValueAsBytes(envelope);
    }

    private static byte[] envelope(byte[] statement, SigningKey key) throws IOException {
        String type = "application/vnd.in-toto+json";
        ObjectNode envelope = JSON.createObjectNode()
                .put("payloadType", type)
                .put("payload", Base64.getEncoder().encodeToString(statement));
        envelope.putArray("signatures").addObject().put("keyid", key.id()).put("sig", key.sign(type, statement));
        return JSON.writeValueAsBytes(envelope);
    }
}
