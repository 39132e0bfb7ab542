package io.k8sincident.activities.audit.seal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** DSSE's pre-authentication encoding: what is signed is never taken for something of another type. */
public final class Pae {
    private Pae() {}

    /** The bytes to sign for a payload of this type (DSSE 1.0, protocol.md). */
    public static byte[] of(String payloadType, byte[] payload) {
        String head = "DSSEv1 " + payloadType.getBytes(StandardCharsets.UTF_8).length + " " + payloadType + " "
                + payload.length + " ";
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        encoded.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        encoded.writeBytes(payload);
        return encoded.toByteArray();
    }
}
