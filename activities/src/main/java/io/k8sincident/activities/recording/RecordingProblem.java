package io.k8sincident.activities.recording;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.workflows.model.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a recording, as errors that name the file, the place in it and the remedy. */
final class RecordingProblem {
    private RecordingProblem() {}

    /** This file is wrong in this way; this helps. */
    static ClusterException of(Path file, String what, String remedy) {
        return of(file.toString(), what, remedy);
    }

    /** The same of a file that is known by its name only. */
    static ClusterException of(String file, String what, String remedy) {
        return new ClusterException(ErrorCode.INVALID_INPUT, file + " " + what + " · nothing was changed · " + remedy);
    }

    /** This file could not be read; broken JSON is named with its byte offset, line and column. */
    static ClusterException unreadable(Path file, IOException problem) {
        String what = problem instanceof JsonProcessingException json
                ? "is not whole JSON: " + json.getOriginalMessage() + place(json.getLocation())
                : "cannot be read: " + problem.getMessage();
        return new ClusterException(
                ErrorCode.INVALID_INPUT,
                file + " " + what + " · nothing was changed · record it again or restore the file",
                problem);
    }

    /** The last part of a path. */
    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String place(@Nullable JsonLocation at) {
        return at == null
                ? ""
                : " at byte " + at.getByteOffset() + " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }
}
