package io.k8sincident.activities.diagnosis;

import static io.k8sincident.activities.diagnosis.Fixture.crashLoop;
import static io.k8sincident.activities.diagnosis.Fixture.rollout;
import static io.k8sincident.activities.diagnosis.Fixture.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.workflows.model.Confidence;
import io.k8sincident.workflows.model.Culprit;
import io.k8sincident.workflows.model.Diagnosis;
import org.junit.jupiter.api.Test;

/** Causes within one pod: the words of other languages, runtimes and tools, and what exactly is at fault. */
class PodRulesTest {
    private static final String IMAGE = "image: 'r.test/web:1'";
    private static final String NEW_IMAGE = "image: 'r.test/web:2'";
    private static final String SERVICE = """
            {apiVersion: 'v1', kind: 'Service', metadata: {name: 'db', namespace: 'demo', uid: 's-1'},
             spec: {clusterIP: '10.96.1.2', selector: {app: 'db'}, ports: [{port: 5432}]}}
            """;

    private static Fixture crash(String container, int code, String log) {
        return rollout(IMAGE, container, crashLoop("exitCode: " + code + ", reason: 'Error'"))
                .log(log);
    }

    private static Fixture kill(String container, int code, String killedAt) {
        return rollout(IMAGE, container, crashLoop("exitCode: " + code + ", reason: 'Error'"))
                .object("""
                        {apiVersion: 'v1', kind: 'Event', metadata: {name: 'k', namespace: 'demo', uid: 'e-k'},
                         involvedObject: {kind: 'Pod', namespace: 'demo', name: 'web-2-x', uid: 'p-2',
                           fieldPath: 'spec.containers{app}'},
                         type: 'Normal', reason: 'Killing',
                         message: 'Container app failed liveness probe, will be restarted', count: 3,
                         firstTimestamp: '2026-03-01T11:52:30Z', lastTimestamp: '%s'}
                        """.formatted(killedAt));
    }

    private static Culprit culprit(Diagnosis diagnosis) {
        Culprit culprit = diagnosis.culprit();
        assertThat(culprit).isNotNull();
        return java.util.Objects.requireNonNull(culprit);
    }

    @Test
    void anAbortIsAnExitOfTheApplication() {
        Diagnosis diagnosis = crash(
                        IMAGE,
                        134,
                        "terminate called after throwing an instance of 'std::runtime_error'\n  what():  x\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("app-exit");
    }

    @Test
    void whatSpringAdvisesFollowsItsError() {
        Diagnosis diagnosis = crash(IMAGE, 1, """
                        APPLICATION FAILED TO START

                        Description:

                        Failed to configure a DataSource

                        Reason: Failed to determine a driver

                        Action:

                        Consider the following:
                        \tmore
                        """).diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("app-exit");
    }

    @Test
    void aColouredLogIsReadWithoutItsColours() {
        Diagnosis diagnosis =
                crash(IMAGE, 1, "\u001b[31mERROR\u001b[0m schema is too old\n").diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("app-exit");
    }

    @Test
    void theUnsetVariableIsAtFault() {
        Diagnosis diagnosis = crash(
                        IMAGE, 1, "Traceback (most recent call last):\n  File \"/m.py\"\nKeyError: 'API_KEY'\n")
                .diagnosis();

        assertThat(culprit(diagnosis).field()).isEqualTo("env[API_KEY]");
        assertThat(culprit(diagnosis).value()).isEqualTo("not set");
    }

    @Test
    void aVariableThatIsSetIsNotTheOneThatLacks() {
        Diagnosis diagnosis = crash(
                        IMAGE + ", env: [{name: 'API_KEY', value: 'x'}]", 1, "FATAL: API_KEY is required by region\n")
                .diagnosis();

        assertThat(culprit(diagnosis).field()).isNotEqualTo("env[API_KEY]");
    }

    @Test
    void withoutAChangeTheContainerIsAtFaultAndNotItsImage() {
        Diagnosis diagnosis = crash(IMAGE, 1, "FATAL: licence has ended\n").diagnosis();

        assertThat(culprit(diagnosis).container()).isEqualTo("app");
        assertThat(culprit(diagnosis).field()).isNull();
    }

    @Test
    void theChangedImageIsAtFault() {
        Diagnosis diagnosis = crash(NEW_IMAGE, 1, "FATAL: table is not there\n").diagnosis();

        assertThat(culprit(diagnosis).field()).isEqualTo("image");
    }

    @Test
    void aServiceThatDoesNotExistIsNamed() {
        Diagnosis diagnosis = crash(
                        IMAGE, 1, "nginx: [emerg] host not found in upstream \"api\" in /etc/nginx/nginx.conf:3\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("app-exit-dependency-unreachable");
        assertThat(culprit(diagnosis)).isEqualTo(new Culprit("Service", "api", null, null, "missing"));
    }

    @Test
    void aQuotedServerIsTheServiceOfThatName() {
        Diagnosis diagnosis = crash(IMAGE, 1, """
                psycopg2.OperationalError: connection to server at "db" (10.96.1.2), port 5432 failed: Connection refused
                \tIs the server running on that host?
                """).object(SERVICE).diagnosis();

        assertThat(culprit(diagnosis).kind()).isEqualTo("Service");
        assertThat(culprit(diagnosis).name()).isEqualTo("db");
    }

    @Test
    void aCertificateThatIsNotValidYetHasNotExpired() {
        Diagnosis diagnosis = crash(
                        IMAGE,
                        1,
                        "FATAL x509: certificate has expired or is not yet valid: current time A is before B\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isNotEqualTo("certificate-expired");
    }

    @Test
    void theSecretBelowThePathHoldsTheCertificate() {
        Diagnosis diagnosis = crash(
                        IMAGE + ", volumeMounts: [{name: 'cfg', mountPath: '/tls'}]",
                        1,
                        "FATAL /tls/tls.crt: certificate has expired\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("certificate-expired");
    }

    @Test
    void theQuotedValueTellsTheVariable() {
        Diagnosis diagnosis = crash(
                        IMAGE + ", env: [{name: 'POOL', value: 'ten'}, {name: 'MODE', value: 'fast'}]",
                        1,
                        "ValueError: invalid literal for int() with base 10: 'ten'\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("bad-env-value");
        assertThat(culprit(diagnosis))
                .extracting(Culprit::field, Culprit::value)
                .containsExactly("env[POOL]", "ten");
    }

    @Test
    void anOptionOfAVariableIsNoArgument() {
        Diagnosis diagnosis = crash(
                        IMAGE + ", args: ['java'], env: [{name: 'JAVA_OPTS', value: '-Xmz1g'}]",
                        1,
                        "Unrecognized option: -Xmz1g\nError: Could not create the Java Virtual Machine.\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isNotEqualTo("bad-arguments");
    }

    @Test
    void aSeccompProfileThatIsNotThereIsNoBadCommand() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE,
                        waiting(
                                "CreateContainerError",
                                "failed to create containerd container: cannot load seccomp profile: open x: no such file or directory"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("security-profile-missing");
    }

    @Test
    void anEntrypointWithoutItsInterpreterIsNoBadCommand() {
        Diagnosis diagnosis = crash(IMAGE, 127, "env: can't execute 'python3': No such file or directory\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("missing-interpreter");
    }

    @Test
    void aLibraryOfAnOlderVersionIsAMissingOne() {
        Diagnosis diagnosis = crash(IMAGE, 1, "/app: libc.so.6: version `GLIBC_2.34' not found (required by /app)\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("missing-shared-library");
    }

    @Test
    void withoutPullSecretsTheTemplateLacksThem() {
        Diagnosis diagnosis = rollout(IMAGE, IMAGE, waiting("ImagePullBackOff", "failed to pull: 401 Unauthorized"))
                .diagnosis();

        assertThat(culprit(diagnosis).field()).isEqualTo("spec.imagePullSecrets");
    }

    @Test
    void aRateLimitSaysNothingOfTheImage() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE,
                        waiting("ErrImagePull", "429 Too Many Requests - toomanyrequests: pull rate limit"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("image-pull-rate-limited");
    }

    @Test
    void anImageForAnotherPlatformIsThere() {
        Diagnosis diagnosis = rollout(
                        IMAGE, IMAGE, waiting("ErrImagePull", "no match for platform in manifest: not found"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("image-wrong-platform");
    }

    @Test
    void aKillThatTheEventLimitHidSinceIsLikely() {
        Diagnosis diagnosis = kill(IMAGE + ", livenessProbe: {httpGet: {port: 80}}", 137, "2026-03-01T11:55:00Z")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("liveness-probe-kill");
        assertThat(diagnosis.confidence()).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void anEarlierKillDoesNotExplainAnErrorOfTheApplication() {
        Diagnosis diagnosis = kill(IMAGE + ", livenessProbe: {httpGet: {port: 80}}", 3, "2026-03-01T11:55:00Z")
                .log("FATAL: index is corrupt\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("app-exit");
    }

    @Test
    void sigtermFromNobodyKnownIsNoCause() {
        Diagnosis diagnosis = crash(IMAGE, 143, "INFO serving\n").diagnosis();

        assertThat(diagnosis.abstained()).isTrue();
    }

    @Test
    void aSuccessAfterAKillIsNoPrematureExit() {
        Diagnosis diagnosis = kill(IMAGE + ", livenessProbe: {httpGet: {port: 80}}", 0, "2026-03-01T11:55:00Z")
                .diagnosis();

        assertThat(diagnosis.cause()).isNotEqualTo("premature-exit");
    }

    @Test
    void aLimitThatNothingCanStartUnderIsAnOom() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE + ", resources: {limits: {memory: '1Mi'}}",
                        crashLoop(
                                "exitCode: 128, reason: 'StartError', message: 'container init was OOM-killed (memory limit too low?)'"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("oom-limit");
    }

    @Test
    void anOomWithoutALimitIsTheNodes() {
        Diagnosis diagnosis = rollout(IMAGE, IMAGE, crashLoop("exitCode: 137, reason: 'OOMKilled'"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("oom-node");
        assertThat(culprit(diagnosis).kind()).isEqualTo("Node");
    }

    @Test
    void theUserOfTheSpecIsAtFaultWhereItIsRoot() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE + ", securityContext: {runAsNonRoot: true, runAsUser: 0}",
                        waiting(
                                "CreateContainerConfigError",
                                "container has runAsNonRoot: runAsUser breaks non-root policy"))
                .diagnosis();

        assertThat(diagnosis.abstained()).isTrue();
    }

    @Test
    void theImageIsAtFaultWhereItWouldRunAsRoot() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE,
                        waiting(
                                "CreateContainerConfigError",
                                "container has runAsNonRoot and image will run as root (pod: x)"))
                .diagnosis();

        assertThat(culprit(diagnosis).field()).isEqualTo("image");
    }

    @Test
    void aMissingSecretIsCalledMissing() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE + ", envFrom: [{secretRef: {name: 'creds'}}]",
                        waiting("CreateContainerConfigError", "secret \\\"creds\\\" not found"))
                .diagnosis();

        assertThat(culprit(diagnosis)).isEqualTo(new Culprit("Secret", "creds", null, null, "missing"));
    }

    @Test
    void aVariableOfASubPathThatIsNotSetIsASubPath() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE + ", volumeMounts: [{name: 'd', mountPath: '/d', subPathExpr: '$(POD)'}]",
                        waiting("CreateContainerConfigError", "missing value for POD"))
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("volume-subpath-failed");
    }

    @Test
    void littleCpuExplainsProbesThatTimeOut() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE + ", resources: {limits: {cpu: '10m'}}, readinessProbe: {httpGet: {port: 80}}",
                        "ready: false, restartCount: 0, state: {running: {startedAt: '2026-03-01T11:52:02Z'}}")
                .event("Unhealthy", "Readiness probe failed: context deadline exceeded", 20)
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("cpu-throttled");
        assertThat(culprit(diagnosis))
                .extracting(Culprit::field, Culprit::value)
                .containsExactly("resources.limits.cpu", "10m");
    }

    @Test
    void probesThatTimeOutWithEnoughCpuAreSlow() {
        Diagnosis diagnosis = rollout(
                        IMAGE,
                        IMAGE + ", resources: {limits: {cpu: '2'}}, readinessProbe: {httpGet: {port: 80}}",
                        "ready: false, restartCount: 0, state: {running: {startedAt: '2026-03-01T11:52:02Z'}}")
                .event("Unhealthy", "Readiness probe failed: context deadline exceeded", 20)
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("readiness-probe-failing");
    }

    @Test
    void theReportOfAJvmAboutAMemoryFaultIsASegfault() {
        Diagnosis diagnosis = crash(
                        IMAGE,
                        134,
                        "# A fatal error has been detected by the Java Runtime Environment:\n#\n#  SIGSEGV (0xb)\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("segfault");
    }

    @Test
    void itFailsSinceItsFirstBackOff() {
        Diagnosis diagnosis = crash(IMAGE, 1, "FATAL: no licence\n")
                .event("BackOff", "Back-off restarting failed container", 9)
                .diagnosis();

        assertThat(diagnosis.since()).isEqualTo(java.time.Instant.parse("2026-03-01T11:52:00Z"));
    }

    @Test
    void aNewSandboxIdEachTimeIsTheSameFailure() {
        Diagnosis diagnosis = rollout(IMAGE, IMAGE, waiting("ContainerCreating", ""))
                .event("FailedCreatePodSandBox", "failed to setup network for sandbox a1: plugin failed", 1)
                .event("FailedCreatePodSandBox", "failed to setup network for sandbox b2: plugin failed", 2)
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("pod-network-failing");
    }

    @Test
    void theReasonBelowAnErrorCounts() {
        Diagnosis diagnosis = crash(IMAGE, 134, """
                Unhandled exception. Client.BrokerUnreachableException: no endpoint was reachable
                 ---> System.Net.Sockets.SocketException (111): Connection refused (db:5432)
                   at System.Net.Sockets.Socket.Connect(EndPoint remoteEP)
                """).object(SERVICE).diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("app-exit-dependency-unreachable");
        assertThat(culprit(diagnosis).name()).isEqualTo("db");
    }

    @Test
    void aLevelThatAnErrorSpeaksOfIsNotItsOwn() {
        Diagnosis diagnosis = crash(
                        IMAGE + ", env: [{name: 'LEVEL', value: 'loud'}]",
                        1,
                        "Error: invalid LEVEL \"loud\", must be one of debug, info\n")
                .diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("bad-env-value");
    }

    @Test
    void aPodThatItsNodeRefusesForASysctlNamesIt() {
        Diagnosis diagnosis =
                new Fixture().deployment(1, 1).revision(1, IMAGE).object("""
                        {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web-1-x', namespace: 'demo', uid: 'p-1',
                          creationTimestamp: '2026-03-01T11:51:00Z',
                          ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', uid: 'r-1',
                            controller: true}]},
                         spec: {nodeName: 'n1', containers: [{name: 'app'}],
                          securityContext: {sysctls: [{name: 'net.core.somaxconn', value: '1024'}]}},
                         status: {phase: 'Failed', reason: 'SysctlForbidden',
                          message: 'Pod was rejected: forbidden sysctl: "net.core.somaxconn" not allowlisted'}}
                        """).diagnosis();

        assertThat(diagnosis.cause()).isEqualTo("sysctl-forbidden");
        assertThat(culprit(diagnosis).value()).isEqualTo("1024");
    }
}
