package io.k8sincident.activities.diagnosis.rules;

import java.util.List;

/** All rules. Their order decides nothing: findings are ranked by what they explain. */
public final class Rules {
    private Rules() {}

    public static List<Rule> all() {
        return List.of(
                new AdmissionRefusal(),
                new AppExit(),
                new BadArguments(),
                new BadCommand(),
                new BadConfigMapContent(),
                new BadEnvValue(),
                new CannotBeExecuted(),
                new CertificateExpired(),
                new ClaimNotBound(),
                new Cordoned(),
                new CronJobBlocked(),
                new Autoscaling(),
                new Evicted(),
                new EvictionRefused(),
                new ExternalName(),
                new FinalizerDeadlock(),
                new IngressBackendMissing(),
                new NodeNotReady(),
                new Stopped(),
                new CpuThrottled(),
                new DependencyUnreachable(),
                HelperFailing.init(),
                HelperFailing.sidecar(),
                new ImagePull(),
                new InitWaiting(),
                new InsufficientResource(),
                new JobFailed(),
                new MissingReference(),
                new MultiAttach(),
                new NodeTaints(),
                new NotMounted(),
                new OddOneOut(),
                new OomLimit(),
                new Placement(),
                new PortConflictInPod(),
                new PostStartHook(),
                new Preempted(),
                new PrematureExit(),
                ProbeKill.liveness(),
                ProbeKill.startup(),
                new RbacForbidden(),
                new ReadOnlyFilesystem(),
                new ReadinessFailing(),
                new ResizePending(),
                new RolloutStalled(),
                new RunAsNonRoot(),
                new SandboxNotReady(),
                new SchedulingGated(),
                new SecurityProfile(),
                new Segfault(),
                new ServiceSelectorMismatch(),
                new ServiceSelectorTooBroad(),
                new ServiceTargetPort(),
                new VolumeFull(),
                new VolumeSubPath());
    }
}
