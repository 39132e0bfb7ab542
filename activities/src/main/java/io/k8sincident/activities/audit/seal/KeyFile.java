package io.k8sincident.activities.audit.seal;

import io.k8sincident.activities.audit.AuditUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import java.util.Set;

/**
 * Where a trail's key lies: {@code audit-key.pem}, mode 0600, with the private and the public half; beside it
 * {@code audit-key.pub.pem}, and after a change of the key the public halves of earlier ones. Thread-safe.
 */
public final class KeyFile {
    /** What the file is called below the directory of the trail, unless told otherwise. */
    public static final String FILE = "audit-key.pem";

    private static final String OWNER_ONLY = "rw-------";

    private final Path path;

    public KeyFile(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /** The file that holds the public half alone. */
    public Path publicPath() {
        String name = String.valueOf(path.getFileName());
        String stem = name.endsWith(".pem") ? name.substring(0, name.length() - ".pem".length()) : name;
        return path.resolveSibling(stem + ".pub.pem");
    }

    /**
     * The key; empty if there is no file.
     *
     * @throws AuditUnavailableException if it cannot be read, or others may read it
     */
    public Optional<SigningKey> load() {
        try {
            String text = Files.readString(path);
            checkOwner();
            byte[] secret = Pem.find(Pem.PRIVATE, text).orElseThrow(() -> unusable("it holds no PRIVATE KEY", null));
            VerifyingKey verifying = VerifyingKey.of(
                    Pem.find(Pem.PUBLIC, text).orElseThrow(() -> unusable("it holds no PUBLIC KEY", null)));
            SigningKey key = new SigningKey(
                    KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(secret)), verifying);
            byte[] probe = {1};
            if (!verifying.verifies("probe", probe, key.sign("probe", probe))) {
                throw unusable("its two halves do not belong together", null);
            }
            return Optional.of(key);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(String.valueOf(e), e);
        }
    }

    /**
     * Makes a new key, unless there is one.
     *
     * @throws AuditUnavailableException if there is one already, or it cannot be written
     */
    public SigningKey create() {
        SigningKey key = SigningKey.generate();
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Path draft = draft(key);
            try {
                // Unlike a move, a link never replaces a key that another process has made meanwhile.
                Files.createLink(path, draft);
            } finally {
                Files.delete(draft);
            }
            writePublic(key.verifying());
            return key;
        } catch (FileAlreadyExistsException e) {
            throw new AuditUnavailableException(
                    "there is a key already, " + path + ". Nothing was changed. Next: incident audit key rotate", e);
        } catch (IOException e) {
            throw unusable("it cannot be written: " + e, e);
        }
    }

    /** Puts another key in its place; the public half of the old one stays, under its id. */
    public void replace(SigningKey key) {
        try {
            Optional<VerifyingKey> old = Files.exists(publicPath())
                    ? Optional.of(PublicKeyFile.read(publicPath()))
                    : load().map(SigningKey::verifying);
            if (old.isPresent()) {
                Files.writeString(archived(old.get()), PublicKeyFile.pem(old.get()));
            }
            Files.move(draft(key), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            writePublic(key.verifying());
        } catch (IOException e) {
            throw unusable("it cannot be replaced: " + e, e);
        }
    }

    /** Where the public half of an earlier key is kept: {@code audit-key-1a2b3c4d.pub.pem}. */
    public Path archived(VerifyingKey old) {
        String name = String.valueOf(publicPath().getFileName());
        String stem = name.substring(0, name.length() - ".pub.pem".length());
        return path.resolveSibling(stem + "-" + old.id().substring(7, 15) + ".pub.pem");
    }

    private void writePublic(VerifyingKey key) throws IOException {
        Files.writeString(publicPath(), PublicKeyFile.pem(key));
    }

    /** Durable, under another name, and from its first moment readable by its owner alone. */
    private Path draft(SigningKey key) throws IOException {
        FileAttribute<?>[] mode = posix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
                }
                : new FileAttribute<?>[0];
        Path draft = Files.createTempFile(path.toAbsolutePath().getParent(), ".audit-key-", ".tmp", mode);
        String text = Pem.block(Pem.PRIVATE, key.secret()) + PublicKeyFile.pem(key.verifying());
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        return draft;
    }

    private void checkOwner() throws IOException {
        if (!posix()) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
            throw unusable("others may use it (" + PosixFilePermissions.toString(permissions) + ")", null);
        }
    }

    private boolean posix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private AuditUnavailableException unusable(String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new AuditUnavailableException(
                "the key of the audit trail, " + path + ", cannot be used: " + why
                        + ". Nothing is changed in the cluster without it. Next: give it to its owner alone (chmod 600)"
                        + " or put it back from a copy",
                cause);
    }
}
