package io.k8sincident.activities.approval.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.activities.approval.ssh.AllowedSigners.Answer;
import io.k8sincident.activities.testing.FaultRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@FaultRow("malformed file of allowed signers")
class AllowedSignersTest {
    private static final String KEY = SignatureVectorsTest.text("ed25519.pub").strip();
    private static final String OTHER =
            SignatureVectorsTest.text("ecdsa256.pub").strip();
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alice",
                "alice@example.com,alice",
                "al*",
                "?lice",
                "*,!bob",
                "'\"alice smith,alice\"'",
                "alice namespaces=\"decision@k8sincident.io\"",
                "alice namespaces=\"file,decision@*\"",
                "alice NameSpaces=\"*\"",
                "alice valid-after=\"20261124Z\"",
                "alice valid-after=\"202611241200Z\",valid-before=\"20261124120001Z\"",
                "alice no-touch-required,verify-required",
            })
    void findsTheLineThatAllowsIt(String before) {
        Answer answer = find("# people\n\n" + before + " " + KEY + " a comment, with \"quotes\n");

        assertThat(answer.refusal()).isEmpty();
        assertThat(answer.line().orElseThrow().place()).isEqualTo("signers:3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bob | does not allow key SHA256:",
                "*,!alice | does not allow key SHA256:",
                "ALICE | does not allow key SHA256:",
                "alice? | does not allow key SHA256:",
                "alice namespaces=\"file\" | signers:1 does not allow its key to sign for decision@k8sincident.io",
                "alice namespaces=\"decision@k8sincident\" | to sign for decision@k8sincident.io",
                "alice namespaces=\"*,!decision@*\" | to sign for decision@k8sincident.io",
                "alice valid-before=\"202611241159Z\" | signers:1 has expired: valid-before was 2026-11-24T11:59:00Z",
                "alice valid-after=\"20261125Z\" | signers:1 is not valid yet: valid-after is 2026-11-25T00:00:00Z",
            })
    void saysWhyNoLineAllowsIt(String before, String why) {
        Answer answer = find(before + " " + KEY + "\n");

        assertThat(answer.line()).isEmpty();
        assertThat(answer.refusal()).contains(why);
    }

    @Test
    void saysThatAKeyIsUnknown() {
        assertThat(find("alice " + OTHER).refusal()).startsWith("signers has no key SHA256:");
        assertThat(find("").refusal()).startsWith("signers has no key SHA256:");
    }

    @Test
    void takesAnotherLineOfTheSameKeyWhereOneHasExpired() {
        Answer answer = find("alice valid-before=\"20200101Z\" " + KEY + "\nalice " + KEY);

        assertThat(answer.line().orElseThrow().place()).isEqualTo("signers:2");
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of("alice", "ends too early"),
                Arguments.of("alice ssh-ed25519", "ends too early"),
                Arguments.of("alice ssh-ed25519 AAAA", "ends too early"),
                Arguments.of("alice ssh-ed25519 !!!", "no Base64"),
                Arguments.of("alice ssh-ed25519 AAA=B", "no Base64"),
                Arguments.of("alice ssh-dss AAAAB3NzaC1kc3M=", "type 'ssh-dss' is not accepted"),
                Arguments.of("alice " + KEY.replace("ssh-ed25519 ", "ssh-rsa "), "of type ssh-ed25519, not ssh-rsa"),
                Arguments.of("alice cert-authority " + KEY, "certificates are not supported"),
                Arguments.of("alice namespaces=\"file\",cert-authority " + KEY, "certificates are not supported"),
                Arguments.of("alice namespaces=file " + KEY, "in double quotes"),
                Arguments.of("alice namespaces=\"\" " + KEY, "in double quotes"),
                Arguments.of("alice namespaces=\"a,,b\" " + KEY, "empty pattern"),
                Arguments.of("alice namespaces=\"a\",namespaces=\"b\" " + KEY, "'namespaces' again"),
                Arguments.of("alice namespace=\"a\" " + KEY, "'namespace' with a value, which is unknown"),
                Arguments.of("alice namespaces,valid-before=\"20260101Z\" " + KEY, "'namespaces' without a value"),
                Arguments.of("alice valid-before=\"2026\" " + KEY, "has the time '2026'"),
                Arguments.of("alice valid-before=\"20260231Z\" " + KEY, "has the time '20260231Z'"),
                Arguments.of("alice valid-before=\"202601012500Z\" " + KEY, "has the time"),
                Arguments.of("alice valid-after=\"20260102Z\",valid-before=\"20260101Z\" " + KEY, "valid at no time"),
                Arguments.of("alice valid-before=\"20260101Z " + KEY, "a quote that is not closed"),
                Arguments.of("\"alice " + KEY, "a quote that is not closed"),
                Arguments.of("\"\" " + KEY, "names that are empty"),
                Arguments.of("alice,,bob " + KEY, "empty pattern"),
                Arguments.of("alice,! " + KEY, "empty pattern"),
                Arguments.of("\u0430lice " + KEY, "visible ASCII"),
                Arguments.of(KEY, "ends too early"),
                Arguments.of("alice " + "x".repeat(20_000), "longer than 16384"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void namesFileLineAndRemedyOfWhatItDoesNotUnderstand(String line, String message) {
        assertThatThrownBy(() -> AllowedSigners.parse("signers", "bob " + OTHER + "\n" + line + "\n"))
                .isInstanceOf(AllowedSignersException.class)
                .hasMessageStartingWith("signers:2: the line cannot be used: ")
                .hasMessageContaining(message)
                .hasMessageContaining("A line is:");
    }

    @Test
    void namesAFileThatCannotBeRead() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Path large = Files.write(folder.resolve("large"), new byte[2_000_000]);

        assertThatThrownBy(() -> AllowedSigners.read(folder.resolve("none"))).hasMessageContaining("incident init");
        assertThatThrownBy(() -> AllowedSigners.read(folder)).isInstanceOf(AllowedSignersException.class);
        assertThatThrownBy(() -> AllowedSigners.read(binary)).hasMessageContaining("binary:1: is not UTF-8");
        assertThatThrownBy(() -> AllowedSigners.read(large)).hasMessageContaining("large:1: is larger than");
    }

    /** The same file, the same signature: OpenSSH and we say the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alice",
                "bob",
                "al*,!alic?",
                "a*e",
                "*",
                "?????",
                "alice namespaces=\"decision@k8sincident.io\"",
                "alice namespaces=\"file\"",
                "alice namespaces=\"fi*,dec*\"",
                "alice namespaces=\"*,!dec*\"",
                "alice valid-before=\"20200101\"",
                "alice valid-after=\"20200101\"",
                "alice valid-after=\"20200101\",valid-before=\"20210101\"",
                "alice valid-before=\"99990101\"",
                "'\"alice smith,alice\"'",
            })
    void agreesWithOpenSsh(String before) {
        Keygen keygen = new Keygen(folder);
        String line = before + " " + keygen.key("alice") + "\n";
        String proof = keygen.sign("alice", "statement");

        boolean ours = AllowedSigners.parse("signers", line)
                .find("alice", SshSignature.parse(proof).key(), Keygen.NAMESPACE, Instant.now())
                .line()
                .isPresent();

        assertThat(ours).isEqualTo(keygen.verifies(line, "alice", "statement", proof));
    }

    private static Answer find(String text) {
        return AllowedSigners.parse("signers", text).find("alice", SshPublicKey.ofLine(KEY), Keygen.NAMESPACE, NOW);
    }
}
