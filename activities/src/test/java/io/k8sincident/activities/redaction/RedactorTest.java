package io.k8sincident.activities.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.scenarios.secrets.PlantedSecrets;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@FaultRow("planted secrets in logs, events, annotations, env")
class RedactorTest {
    @Test
    void leavesNoneOfAThousandPlantedSecrets() {
        List<PlantedSecrets.Planted> planted = new PlantedSecrets(20260101).make(1_000);

        List<String> left = new ArrayList<>();
        for (PlantedSecrets.Planted one : planted) {
            String clean = Redactor.text(one.line());
            if (!clean.contains("[redacted:") || Fragments.shared(one.secret(), clean)) {
                left.add(one.line() + "  ->  " + clean);
            }
        }

        assertThat(left).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01T00:00:00Z INFO server listening on :8080",
                "MountVolume.SetUp failed for volume \"token\" : secret \"web-tls\" not found",
                "MountVolume.SetUp failed for volume \"db-password\" : configmap \"db\" not found",
                "Error: couldn't find key DB_PASSWORD in Secret demo/credentials",
                "Error: secret \"db-credentials\" not found",
                "Back-off pulling image \"registry.local/secret-store:1.2\"",
                "Back-off pulling image \"registry.local/demo/token-service:0a1b2c3d4e5f60718293\"",
                "failed to fetch anonymous token: unexpected status from GET request to"
                        + " https://registry.local/token?scope=repository: 401 Unauthorized",
                "failed to get token: connection refused",
                "token: expired",
                "password authentication failed for user \"app\"",
                "http://web:8080/healthz?notify=ops@example.com",
                "dial tcp: lookup db on 10.96.0.10:53: no such host",
                "panic: runtime error: index out of range [3] with length 3",
                "Liveness probe failed: HTTP probe failed with statuscode: 503",
                "0/2 nodes are available: 2 Insufficient cpu. preemption: 0/2 nodes are available",
                "usage: app [--token-file PATH] [--port N]",
                "\"secretName\":\"web-tls\",\"automountServiceAccountToken\":false",
                "basic authentication is off; bearer tokens are required",
                "password=${DB_PASSWORD}",
                "max_tokens: 512",
                "mysql -uroot -p app",
                "mysql -uroot -p$MYSQL_ROOT_PASSWORD app",
                "docker run mysql:8 -p3306:3306",
                "mysql: [Warning] Using a password on the command line interface can be insecure.",
                "curl -u bob https://example.com | tee -p out",
                "curl: (6) Could not resolve host: db",
                "redis-cli: -a is deprecated",
                "password: authentication failed for user app",
                "password: must not be empty",
                "password:must not be empty",
                "validation failed: password:required",
                "GET /reset/password:confirm 200",
                "Back-off pulling image \"registry.local/reset-password:v2\"",
                "Back-off pulling image \"reset-password:1.4.2-alpine\"",
                "Back-off pulling image \"forgot-password:latest\"",
                "dial tcp: lookup password-api:8080: no such host",
                "-v db_password:/run/secrets/db_password",
                "token:abc secret:web",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"
            })
    void leavesOrdinaryTextAsItIs(String text) {
        assertThat(Redactor.text(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "password=hunter2 user=bob | password=[redacted:password] user=bob",
                "token: abc123 ok | token: [redacted:token] ok",
                "redis://:s3cret@cache:6379/0 | redis://:[redacted:url-password]@cache:6379/0",
                "a AKIAIOSFODNN7EXAMPLE b | a [redacted:aws-access-key] b",
                "password: swordfish | password: [redacted:password]",
                "password:hunter2 | password:[redacted:password]",
                "pwd:hunter2, ok | pwd:[redacted:password], ok",
                "{password:hunter2} | {password:[redacted:password]}",
                "{User:app Password:hunter2 Host:db} | {User:app Password:[redacted:password] Host:db}",
                "DB_PASSWORD:Summer2024! | DB_PASSWORD:[redacted:password]",
                "password: correct horse battery staple | password: [redacted:password]",
                "mysql -uroot -phunter2 app | mysql -uroot -p[redacted:password] app",
                "mysqldump --all -p'two words' | mysqldump --all -p'[redacted:password]'",
                "curl -u bob:hunter2 https://x | curl -u bob:[redacted:password] https://x",
                "curl -ubob:hunter2 | curl -ubob:[redacted:password]",
                "curl --proxy-user bob:pw1 -u eve:pw2 x | curl --proxy-user bob:[redacted:password] -u eve:[redacted:password] x",
                "[curl, -u, 'bob:a b', x] | [curl, -u, 'bob:[redacted:password]', x]",
                "smbclient -U bob%hunter2 | smbclient -U bob%[redacted:password]",
                "ldapsearch -x -w hunter2 | ldapsearch -x -w [redacted:password]",
                "docker login -u bob -p hunter2 r.io | docker login -u bob -p [redacted:password] r.io",
                "mongosh -u bob -p hunter2 | mongosh -u bob -p [redacted:password]"
            })
    void saysWhatKindItWasAndKeepsTheRest(String text, String expected) {
        assertThat(Redactor.text(text)).isEqualTo(expected);
    }

    @Test
    void redactsAPrivateKeyWhoseBeginningWasCutOff() {
        String clean =
                Redactor.text("starting up\nQUJDREVGR0hJSktMTU5PUFFS\nU1RVVldYWVo=\n-----END PRIVATE KEY-----\nready");

        assertThat(clean).isEqualTo("starting up\n[redacted:private-key]\nready");
    }

    @Test
    void redactsAPrivateKeyWhoseEndWasCutOff() {
        String clean = Redactor.text("key -----BEGIN EC PRIVATE KEY-----\nQUJDREVGR0hJSktMTU5PUFFS\nU1RVV");

        assertThat(clean).isEqualTo("key [redacted:private-key]");
    }

    @Test
    void takesTimeInProportionToHostileText() {
        List<String> hostile = List.of(
                "eyJ.".repeat(50_000),
                "password".repeat(25_000),
                "://".repeat(60_000),
                "-----BEGIN PRIVATE KEY-----".repeat(8_000),
                "token=\"\\".repeat(25_000),
                "AKIA-".repeat(40_000),
                "mysql ".repeat(40_000),
                "curl -u ".repeat(30_000),
                "password: a b ".repeat(20_000));

        for (String text : hostile) {
            long one = nanos(text);
            long four = nanos(text.repeat(4));
            assertThat(four).as(text.substring(0, 10)).isLessThan(40 * Math.max(one, 5_000_000));
        }
    }

    /** Each trigger reads on for a while: over the same text again and again, if nobody minds it. */
    @Test
    void takesNoMoreTimeForLongLinesThanForShortOnes() {
        List<String> hostile = List.of(
                "pwd:",
                "token:",
                "secret:x/",
                "password=${",
                "password=<",
                "password=[",
                "token:a1/",
                "cookie:",
                "authorization:[",
                "://a:b",
                "://1:2",
                "://a@",
                "mysql-",
                "mysql -p ",
                "-----BEGIN PRIVATE KEY-----,",
                "a-----END PRIVATE KEY-----");

        for (String part : hostile) {
            String shortLines = (part.repeat(500 / part.length()) + "\n").repeat(300);
            String longLine = shortLines.replace("\n", "");
            assertThat(leastNanos(longLine)).as(part).isLessThan(10 * Math.max(leastNanos(shortLines), 5_000_000));
        }
    }

    /** Of the thread's own time in several rounds, so that other work on the machine does not count. */
    private static long leastNanos(String text) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            assertThat(Redactor.text(text)).isNotNull();
            least = Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        return least;
    }

    private static long nanos(String text) {
        long start = System.nanoTime();
        assertThat(Redactor.text(text)).isNotNull();
        return System.nanoTime() - start;
    }
}
