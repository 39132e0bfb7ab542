package io.k8sincident.cli.host;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Where the local stack says how it can be reached. */
public final class LocalStackFile {
    private final Path file;

    public LocalStackFile(Surroundings surroundings) {
        this.file = surroundings.runs().resolve("up.json");
    }

    public Path path() {
        return file;
    }

    /** The stack that runs; empty if there is none, its processes are dead, or the file cannot be read. */
    public Optional<LocalStack> running() {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ObjectMapper().readValue(file.toFile(), LocalStack.class))
                    .filter(LocalStack::alive);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Writes it at once or not at all. */
    public void write(LocalStack stack) throws IOException {
        Files.createDirectories(file.getParent());
        Path draft = Files.createTempFile(file.getParent(), "up", ".json");
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(draft.toFile(), stack);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes it, if it is still that of this stack. */
    public void remove(LocalStack stack) throws IOException {
        if (running().filter(stack::equals).isPresent()) {
            Files.delete(file);
        }
    }
}
