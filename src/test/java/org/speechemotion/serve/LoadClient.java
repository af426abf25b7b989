package org.speechemotion.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** A connection to the service as raw bytes, for clients that misbehave as well as for those that do not. */
final class LoadClient implements AutoCloseable {
    private static final int TIMEOUT_MILLISECONDS = 320_000;
    private static final String HANDSHAKE =
            "GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;

    LoadClient(int port) throws IOException {
        socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MILLISECONDS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLISECONDS);
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
    }

    /** The status and the body of an answer. */
    record Answer(int status, String body) {}

    void send(String text) throws IOException {
        out.write(text.getBytes(US_ASCII));
    }

    void send(byte[] bytes, int from, int to) throws IOException {
        out.write(bytes, from, to - from);
    }

    /** Sends the head of an upload. */
    void upload(long length) throws IOException {
        send("POST /v1/score?name=load HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + length
                + "\r\n\r\n");
    }

    /** Reads an answer that has a length. */
    Answer answer() throws IOException {
        String line = line();
        int status = Integer.parseInt(line.split(" ", 3)[1]);
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        return new Answer(status, new String(in.readNBytes(length), UTF_8));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed after: " + line);
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(US_ASCII);
    }

    /** Opens a WebSocket; returns the status of the handshake. */
    int handshake() throws IOException {
        send(HANDSHAKE);
        return answer().status();
    }

    void text(String text) throws IOException {
        frame(1, text.getBytes(US_ASCII));
    }

    void start(int rate) throws IOException {
        text("{\"type\":\"start\",\"sample_rate\":" + rate + "}");
    }

    void end() throws IOException {
        text("{\"type\":\"end\"}");
    }

    /** Sends audio in pieces, while that is wanted. */
    void audio(byte[] pcm, int piece, BooleanSupplier goesOn) throws IOException {
        for (int from = 0; from < pcm.length && goesOn.getAsBoolean(); from += piece) {
            frame(2, Arrays.copyOfRange(pcm, from, Math.min(pcm.length, from + piece)));
        }
    }

    /** Sends a frame, whose mask is 0. */
    void frame(int opcode, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeByte(0x80 | opcode);
        data.writeByte(0x80 | 127);
        data.writeLong(content.length);
        data.writeInt(0);
        data.write(content);
        bytes.writeTo(out);
    }

    /** Returns the next event; "" if the socket is closed. */
    String event() throws IOException {
        while (true) {
            int opcode = in.readUnsignedByte() & 15;
            int length = in.readUnsignedByte() & 127;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            byte[] content = in.readNBytes(length);
            if (opcode == 8) {
                frame(8, content);
                return "";
            }
            if (opcode == 1) {
                return new String(content, UTF_8);
            }
        }
    }

    /** Returns the bytes that are read until the connection is closed. */
    static long drain(InputStream in) throws IOException {
        return in.transferTo(OutputStream.nullOutputStream());
    }

    long drain() throws IOException {
        return drain(in);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
