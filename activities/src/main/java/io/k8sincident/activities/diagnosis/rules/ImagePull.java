package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.EventView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An image is not pulled: it is not there, its registry refuses or does not answer, its name is no name, or the pull policy
 * forbids to pull it. Which of them, only the registry's answer tells: it stands in the message of the waiting container
 * (containerd, CRI-O and Docker wordings, kubelet 1.20 to 1.36) or in the Failed events. {@code ImagePullBackOff} alone
 * proves none of them.
 */
final class ImagePull implements Rule {
    private static final Set<String> PULLING = Set.of("ErrImagePull", "ImagePullBackOff");
    private static final Pattern UNREACHABLE = Pattern.compile("(?i)(no such host|no route to host|connection refused"
            + "|i/?o timeout|connection timed out|Client\\.Timeout exceeded|request canceled while waiting"
            + "|connection reset|network is unreachable|server misbehaving|TLS handshake timeout"
            + "|deadline exceeded|x509:|http: server gave HTTP response to HTTPS client|unexpected EOF"
            + "|\\b(Get|Head) (\"\": )?\\s*EOF\\b"
            + "|50[0-9] \\(?(Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time))");
    private static final Pattern UNAUTHORIZED = Pattern.compile(
            "(?i)(pull access denied|authorization failed|unauthorized|authentication required"
                    + "|no basic auth credentials|denied:|\\b401\\b|403 \\(?Forbidden|insufficient_scope|incorrect username)");
    private static final Pattern NOT_FOUND = Pattern.compile("(?i)(not found|manifest unknown|manifest_unknown"
            + "|name unknown|NAME_UNKNOWN|does not exist|code = NotFound|\\b404\\b)");
    private static final Pattern RATE_LIMITED =
            Pattern.compile("(?i)(toomanyrequests|429 Too Many Requests|pull rate limit|rate exceeded)");
    private static final Pattern PLATFORM = Pattern.compile(
            "(?i)(no match for platform|no matching manifest for|no image found in (manifest|image index) for)");
    private static final Pattern NO_SPACE = Pattern.compile("(?i)no space left on device");
    private static final Pattern UNPACK = Pattern.compile(
            "(?i)(failed to (extract layer|unpack)|error processing tar|unpigz|failed commit on ref|failed size validation"
                    + "|archive/tar|lchown .*: invalid argument)");

    /** The causes, with what the registry or the kubelet said. */
    private enum Answer {
        NONE(""),
        NOT_FOUND("image-not-found"),
        UNAUTHORIZED("image-unauthorized"),
        UNREACHABLE("registry-unreachable"),
        INVALID_NAME("invalid-image-name"),
        NEVER_PULL("image-never-pull"),
        RATE_LIMITED("image-pull-rate-limited"),
        WRONG_PLATFORM("image-wrong-platform"),
        NO_SPACE("node-disk-pressure"),
        NOT_UNPACKED("image-unpack-failed"),
        BAD_SIGNATURE("image-signature-invalid");

        private final String cause;

        Answer(String cause) {
            this.cause = cause;
        }
    }

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        return workload.troubles(Trouble.Kind.NOT_STARTED)
                .map(trouble -> examine(workload, trouble))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Finding> examine(WorkloadView workload, Trouble trouble) {
        ContainerView container = Ends.container(trouble);
        Fact said = saying(container, trouble);
        Answer answer = answer(trouble.symptom(), said.summary());
        if (answer == Answer.NONE) {
            return Optional.empty();
        }
        String image = container.spec().text("image");
        List<Trouble> explained = workload.troubles(Trouble.Kind.NOT_STARTED)
                .filter(other -> Ends.container(other).spec().text("image").equals(image)
                        && PULLING.contains(other.symptom()) == PULLING.contains(trouble.symptom()))
                .toList();
        Finding.Draft draft = Finding.of(answer.cause, explained)
                .culprit(culprit(answer, workload, container))
                .claim(sentence(answer, container, image), said)
                .claim("its image is set here", container.specFact("image", "image " + image));
        exclusions(answer, draft, said);
        return draft.not("app-exit", "the container never started", trouble.fact())
                .found();
    }

    private static Culprit culprit(Answer answer, WorkloadView workload, ContainerView container) {
        return switch (answer) {
            case NEVER_PULL -> Culprits.field(workload, container, "imagePullPolicy", "Never");
            case UNAUTHORIZED -> PullSecrets.culprit(workload, container);
            case NO_SPACE ->
                Culprits.object(
                        "Node",
                        container.pod().resource().fields().text("spec", "nodeName"),
                        "image file system",
                        "no space left");
            default ->
                Culprits.field(workload, container, "image", container.spec().text("image"));
        };
    }

    /** The message of the container if it holds an answer, else the newest Failed event that does. */
    private static Fact saying(ContainerView container, Trouble trouble) {
        return Stream.concat(
                        Stream.of(trouble.fact()),
                        container.events().stream()
                                .filter(event -> event.says("Failed", "pull image"))
                                .map(EventView::fact))
                .filter(fact -> answer(trouble.symptom(), fact.summary()) != Answer.NONE)
                .findFirst()
                .orElse(trouble.fact());
    }

    private static Answer answer(String reason, String message) {
        return switch (reason) {
            case "InvalidImageName" -> Answer.INVALID_NAME;
            case "ErrImageNeverPull" -> Answer.NEVER_PULL;
            case "RegistryUnavailable" -> Answer.UNREACHABLE;
            case "SignatureValidationFailed" -> Answer.BAD_SIGNATURE;
            case "ErrImagePull", "ImagePullBackOff" -> registryAnswer(message);
            default -> Answer.NONE;
        };
    }

    /**
     * What cannot be reached says nothing of the image; a refusal says nothing of its existence ("does not exist or may
     * require authorization"): so in this order.
     */
    private static Answer registryAnswer(String message) {
        String answer = withoutImageNames(message);
        if (RATE_LIMITED.matcher(message).find()) {
            return Answer.RATE_LIMITED;
        }
        if (PLATFORM.matcher(message).find()) {
            return Answer.WRONG_PLATFORM;
        }
        if (NO_SPACE.matcher(message).find()) {
            return Answer.NO_SPACE;
        }
        if (message.contains("SignatureValidationFailed")) {
            return Answer.BAD_SIGNATURE;
        }
        if (UNREACHABLE.matcher(answer).find()) {
            return Answer.UNREACHABLE;
        }
        if (UNAUTHORIZED.matcher(answer).find()) {
            return Answer.UNAUTHORIZED;
        }
        if (NOT_FOUND.matcher(answer).find()) {
            return Answer.NOT_FOUND;
        }
        boolean unpacking = UNPACK.matcher(message).find() && !message.contains("failed to resolve");
        return unpacking ? Answer.NOT_UNPACKED : Answer.NONE;
    }

    /** Names and digests in quotes and URLs could hold any of the words or numbers looked for; "i/o" is none of them. */
    private static String withoutImageNames(String message) {
        return message.replace("i/o timeout", "io timeout")
                .replaceAll("\"[^\"]*\"", "\"\"")
                .replaceAll("\\S*[/@]\\S*(: )?", " ");
    }

    private static String sentence(Answer answer, ContainerView container, String image) {
        String subject = "container " + container.name() + ": image " + image;
        return switch (answer) {
            case NOT_FOUND -> subject + " is not in its registry";
            case UNAUTHORIZED -> subject + " is refused by its registry for lack of authorization";
            case UNREACHABLE -> subject + ": its registry does not answer";
            case INVALID_NAME -> subject + " is no valid image name";
            case NEVER_PULL -> subject + " is not on the node and the pull policy is Never";
            case RATE_LIMITED -> subject + " is not given out for now: too many pulls";
            case WRONG_PLATFORM -> subject + " is not built for the platform of the node";
            case NO_SPACE -> subject + " finds no space on the node";
            case NOT_UNPACKED -> subject + " was fetched and cannot be unpacked";
            case BAD_SIGNATURE -> subject + " is not signed as the node's policy demands";
            case NONE -> subject;
        };
    }

    private static void exclusions(Answer answer, Finding.Draft draft, Fact said) {
        if (answer == Answer.NOT_FOUND) {
            draft.not("registry-unreachable", "the registry answered", said)
                    .not("image-unauthorized", "the registry did not ask for authorization", said);
        } else if (answer == Answer.UNAUTHORIZED) {
            draft.not("registry-unreachable", "the registry answered", said)
                    .not("image-not-found", "the registry does not say whether the image exists", said);
        } else if (answer == Answer.UNREACHABLE) {
            draft.not("image-not-found", "no registry answered about the image", said);
        } else if (answer == Answer.INVALID_NAME) {
            draft.not("image-not-found", "nothing was asked of a registry: the name cannot be parsed", said);
        }
    }

    @Override
    public List<Cause> causes() {
        String proof = "A container that waits with ErrImagePull or ImagePullBackOff, and the registry's answer in its"
                + " message or in a Failed event (containerd, CRI-O and Docker; kubelet 1.20 to 1.36): ";
        String silent = "A back-off whose answer is not to be had any more: nothing is claimed.";
        return List.of(
                cause(
                        "image-not-found",
                        "The registry does not have the image.",
                        proof + "not found, manifest unknown.",
                        silent),
                cause(
                        "image-unauthorized",
                        "The registry does not give out the image without other credentials.",
                        proof + "401, 403, pull access denied.",
                        silent),
                cause(
                        "registry-unreachable",
                        "The registry of the image does not answer.",
                        proof + "no such host, refused, time-out, x509, 5xx.",
                        silent),
                cause(
                        "invalid-image-name",
                        "The name of the image cannot be parsed.",
                        "A container that waits with InvalidImageName.",
                        "Any answer of a registry."),
                cause(
                        "image-never-pull",
                        "The image is not on the node, and the pull policy forbids to fetch it.",
                        "A container that waits with ErrImageNeverPull.",
                        "Any answer of a registry."),
                cause(
                        "image-pull-rate-limited",
                        "The registry gives out no more images for now.",
                        proof + "429, toomanyrequests.",
                        silent),
                cause(
                        "image-wrong-platform",
                        "The image is not built for the processor or the system of the node.",
                        proof + "no match for platform, no matching manifest.",
                        silent),
                cause(
                        "image-unpack-failed",
                        "The image was fetched and cannot be unpacked.",
                        proof + "failed to extract layer.",
                        silent),
                cause(
                        "image-signature-invalid",
                        "The image is not signed as the policy of the node demands.",
                        "The reason SignatureValidationFailed (kubelet 1.26 to 1.36, CRI-O).",
                        silent));
    }

    private static Cause cause(String id, String meaning, String proof, String ruledOutBy) {
        return new Cause(id, Cause.Family.IMAGE, meaning, proof, ruledOutBy);
    }
}
