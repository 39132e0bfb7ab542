package io.k8sincident.activities.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Blobs as files {@code <root>/<first two digits>/<digest>}, readable by their owner alone. A blob is complete and on the
 * disk before it has its name, so a crash leaves none in part. Thread-safe, also between processes.
 */
public final class FileBlobStore implements BlobStore {
    private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{64})");
    private static final String PREFIX = "sha256:";

    private final Path root;

    /**
     * A store below this directory.
     *
     * @param root made, with its parents, when the first blob is stored
     */
    public FileBlobStore(Path root) {
        this.root = root;
    }

    /**
     * As promised by the port.
     *
     * @throws BlobException if the disk is full or the directory is not writable; then nothing is stored
     */
    @Override
    public String put(byte[] content) {
        String digest = Digest.of(content);
        String hex = digest.substring(PREFIX.length());
        try {
            if (get(digest).isEmpty()) {
                store(directory(hex), hex, content);
            }
            return digest;
        } catch (IOException e) {
            throw new BlobException(
                    "Could not store " + content.length + " bytes in " + directory(hex) + ": " + reason(e)
                            + ". Nothing was stored and nothing depends on it. Next: free some space or make the directory"
                            + " writable, then try again.",
                    e);
        }
    }

    @Override
    public Optional<byte[]> get(String digest) {
        var matcher = DIGEST.matcher(digest);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(file(matcher.group(1))))
                    .filter(content -> Digest.of(content).equals(digest));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path file(String hex) {
        return directory(hex).resolve(hex);
    }

    private Path directory(String hex) {
        return root.resolve(hex.substring(0, 2));
    }

    private void store(Path directory, String name, byte[] content) throws IOException {
        Files.createDirectories(directory, owner(root, "rwx------"));
        Path temporary = Files.createTempFile(directory, ".", ".tmp", owner(directory, "rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer remaining = ByteBuffer.wrap(content);
                while (remaining.hasRemaining()) {
                    channel.write(remaining);
                }
                channel.force(true);
            }
            rename(temporary, directory.resolve(name));
            sync(directory);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system cannot rename atomically", e);
        }
    }

    /** Without it the name may be lost in a crash, although the content is on the disk. */
    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] owner(Path place, String permissions) {
        Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
        boolean posix = place.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)} : new FileAttribute<?>[0];
    }

    private String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or directory: " + e.getMessage();
        }
        return e.getClass().getSimpleName() + " " + e.getMessage() + free();
    }

    private String free() {
        try {
            FileStore store = Files.getFileStore(root);
            return " (" + store.getUsableSpace() / 1024 + " KiB are free on " + store + ")";
        } catch (IOException e) {
            return "";
        }
    }
}
